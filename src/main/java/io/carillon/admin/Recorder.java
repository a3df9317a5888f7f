package io.carillon.admin;

import io.carillon.auth.Refusals;
import io.carillon.core.Hub;
import io.carillon.core.HubFigures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of this node, a {@link Sample} a second, some 400 KB, so that charts are full when one opens the console.
 *
 * <p>Safe for concurrent use under its monitor, which is held for a copy of the list at most.
 */
@ApplicationScoped
public class Recorder {
    /** So many are kept. */
    static final int SECONDS = 3600;
    /** A timer that was late comes twice in short order: the second says nothing new. */
    private static final long LEAST_MILLIS = 500;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Refusals refusals;

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private @Nullable HubFigures before;
    private long refusedBefore;

    /** Once a second. */
    synchronized void record() {
        HubFigures now = hub.figures();
        HubFigures last = before;
        if (last != null && now.millis() - last.millis() < LEAST_MILLIS) {
            return;
        }
        long refused = refusals.total();
        if (last != null) {
            if (samples.size() == SECONDS) {
                samples.removeFirst();
            }
            samples.addLast(Sample.between(last, now, refused - refusedBefore, heap()));
        }
        before = now;
        refusedBefore = refused;
    }

    /** The newest, the oldest of them first; fewer when there are not so many. */
    synchronized List<Sample> last(int seconds) {
        List<Sample> all = new ArrayList<>(samples);
        return all.subList(Math.max(0, all.size() - seconds), all.size());
    }

    /** Null in the first two seconds. */
    synchronized @Nullable Sample newest() {
        return samples.peekLast();
    }

    /** Bytes in use, what waits for the collector included. */
    static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
