package io.carillon.core;

import io.carillon.core.HubFigures.Eviction;
import io.carillon.core.HubFigures.Refusal;
import io.carillon.core.HubFigures.Traffic;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/**
 * The hub's counters. Counted by frame, pass or batch, never by delivery. Safe for concurrent use, without locks.
 */
final class HubStats {
    private final Counters<Transport> opened = new Counters<>(Transport.class);
    private final Counters<Transport> frames = new Counters<>(Transport.class);
    private final Counters<Transport> publications = new Counters<>(Transport.class);
    private final Counters<CloseReason.Kind> closed = new Counters<>(CloseReason.Kind.class);
    private final Counters<Refusal> refused = new Counters<>(Refusal.class);
    private final Counters<Eviction> evicted = new Counters<>(Eviction.class);
    private final LongAdder gaps = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    final Timing fanOutLag = new Timing();
    final Timing append = new Timing();

    void opened(Transport transport) {
        opened.add(transport, 1);
    }

    void closed(CloseReason.Kind kind) {
        closed.add(kind, 1);
    }

    long closedSoFar(CloseReason.Kind kind) {
        return closed.sum(kind);
    }

    void written(Transport transport, Frame frame) {
        frames.add(transport, 1);
        if (frame.publications() > 0) {
            publications.add(transport, frame.publications());
        }
    }

    void gaps(int told) {
        gaps.add(told);
    }

    void evicted(Eviction why, int publications) {
        evicted.add(why, publications);
    }

    void refused(Refusal why, int publications) {
        refused.add(why, publications);
    }

    void published(List<NewPublication> batch, List<Appended> answers) {
        long fresh = 0;
        long size = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (!answers.get(i).duplicate()) {
                fresh++;
                size += batch.get(i).data().length;
            }
        }
        accepted.add(fresh);
        bytes.add(size);
        if (fresh < answers.size()) {
            duplicates.add(answers.size() - fresh);
        }
    }

    Map<Transport, Traffic> transports(ToIntFunction<Transport> open) {
        Map<Transport, Traffic> all = new EnumMap<>(Transport.class);
        for (Transport one : Transport.values()) {
            all.put(one, new Traffic(open.applyAsInt(one), opened.sum(one), frames.sum(one), publications.sum(one)));
        }
        return all;
    }

    Map<CloseReason.Kind, Long> closed() {
        return closed.sums();
    }

    long gaps() {
        return gaps.sum();
    }

    Map<Eviction, Long> evicted() {
        return evicted.sums();
    }

    HubFigures.Publishing publishing() {
        return new HubFigures.Publishing(
                accepted.sum(), duplicates.sum(), bytes.sum(), refused.sums(), append.figures());
    }

    /** A counter for each constant. The map is never changed again, so it is safe to read. */
    private static final class Counters<E extends Enum<E>> {
        private final Map<E, LongAdder> all;

        Counters(Class<E> type) {
            all = new EnumMap<>(type);
            for (E one : type.getEnumConstants()) {
                all.put(one, new LongAdder());
            }
        }

        void add(E one, long times) {
            counter(one).add(times);
        }

        long sum(E one) {
            return counter(one).sum();
        }

        private LongAdder counter(E one) {
            return Objects.requireNonNull(all.get(one));
        }

        Map<E, Long> sums() {
            Map<E, Long> sums = new LinkedHashMap<>();
            all.forEach((one, counter) -> sums.put(one, counter.sum()));
            return sums;
        }
    }
}
