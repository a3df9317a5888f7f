package io.carillon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Log;
import io.carillon.core.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Notes what a log feeds it, and whether two threads did so at once. */
final class RecordingTail implements Log.Tail {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final List<Publication> publications = new ArrayList<>();
    private long base = -1;
    private boolean overlapped;

    @Override
    public void begin(long base) {
        assertThat(this.base).as("begin is called once").isEqualTo(-1);
        this.base = base;
    }

    @Override
    public void dropped(String channel, long newest) {
        throw new AssertionError("a new log has dropped nothing: " + channel + " up to " + newest);
    }

    @Override
    public void lost(long upTo) {
        throw new AssertionError("a new log has lost nothing: up to " + upTo);
    }

    @Override
    public void apply(List<Publication> batch) {
        overlapped |= !busy.compareAndSet(false, true);
        synchronized (this) {
            publications.addAll(batch);
        }
        busy.set(false);
    }

    long base() {
        return base;
    }

    synchronized List<Publication> publications() {
        return List.copyOf(publications);
    }

    List<Long> ids() {
        return publications().stream().map(Publication::id).toList();
    }

    /** The ids of those of one channel. */
    List<Long> ids(String channel) {
        return publications().stream()
                .filter(publication -> publication.channel().equals(channel))
                .map(Publication::id)
                .toList();
    }

    boolean overlapped() {
        return overlapped;
    }
}
