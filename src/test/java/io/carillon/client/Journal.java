package io.carillon.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client has received: the part that all {@link Subscriber}s share. Safe for concurrent use. */
final class Journal {
    private final List<Received> received = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<GapNotice> gaps = new ArrayList<>();
    private long cursor;

    synchronized void startAt(@Nullable Long cursor) {
        this.cursor = cursor == null ? 0 : cursor;
    }

    synchronized void add(Received publication) {
        received.add(publication);
        times.add(System.nanoTime());
        cursor = publication.id();
    }

    /** With one channel only, a gap's end is a cursor: an older publication of another channel may still come. */
    synchronized void add(GapNotice gap, boolean oneChannel) {
        gaps.add(gap);
        if (oneChannel) {
            cursor = gap.to();
        }
    }

    synchronized void moveTo(long cursor) {
        this.cursor = cursor;
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    synchronized List<Long> times() {
        return List.copyOf(times);
    }

    synchronized List<GapNotice> gaps() {
        return List.copyOf(gaps);
    }

    synchronized long cursor() {
        return cursor;
    }
}
