package io.carillon.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One read over all sources of a connection, merged by id, each publication once: what makes one number an exact
 * cursor over any set of channels. Lives for one drain, on one thread.
 */
final class Merge {
    private static final Comparator<Retained.Reader> BY_ID =
            Comparator.comparingLong(reader -> current(reader).id());

    private final PriorityQueue<Retained.Reader> readers = new PriorityQueue<>(2, BY_ID);
    private final List<Gap> gaps = new ArrayList<>(0);
    private boolean interrupted;
    private boolean limited;
    private boolean apart;
    private long last;

    // ---- opened by the sources ----

    /** The first call for a subscription. */
    void open(Subscription subscription, long upTo) {
        Gap first = subscription.firstGap;
        if (first != null) {
            say(first, subscription);
            subscription.firstGap = null;
        }
        subscription.source.open(this, subscription, upTo);
    }

    private void say(Gap gap, Subscription subscription) {
        gaps.add(gap);
        subscription.hears(gap);
    }

    void add(String channel, Retained.Reader reader, Subscription subscription) {
        if (reader.gapTo() != 0) {
            gap(channel, reader.gapTo(), subscription);
        }
        if (reader.current() != null) {
            readers.add(reader);
        }
    }

    void gap(String channel, long to, Subscription subscription) {
        Gap gap = new Gap(channel, subscription.cursor, to);
        if (subscription.isNews(gap)) {
            say(gap, subscription);
        }
    }

    /** From a source that is read in more than one way: another connection at the same place may read something else. */
    void setApart() {
        apart = true;
    }

    int gapCount() {
        return gaps.size();
    }

    /** Says the gaps since {@code mark} as one of the whole subscription, when there are too many to list. */
    void summariseGaps(int mark, int most, Subscription subscription) {
        List<Gap> recent = gaps.subList(mark, gaps.size());
        if (recent.size() > most || (!recent.isEmpty() && subscription.toldMuch())) {
            long to = recent.stream().mapToLong(Gap::to).max().orElseThrow();
            recent.clear();
            say(new Gap(subscription.name, subscription.cursor, to), subscription);
        }
    }

    // ---- read by the connection ----

    List<Gap> gaps() {
        return gaps;
    }

    /** True when every connection whose next entry is the same reads the same. */
    boolean common() {
        return !apart && gaps.isEmpty();
    }

    /** The oldest entry that has not been taken, or null. */
    @Nullable
    Publication peek() {
        Retained.Reader reader = readers.peek();
        return reader == null ? null : reader.current();
    }

    /** Takes entries in id order until the limits; expired ones are left out. Called once. */
    void take(List<Publication> into, int most, int mostBytes, long nowMillis) {
        int bytes = 0;
        for (Retained.Reader reader; (reader = readers.peek()) != null; ) {
            Publication publication = current(reader);
            boolean wanted = publication.id() != last && !publication.expired(nowMillis);
            if (wanted) {
                if (into.size() >= most || (bytes > 0 && bytes + publication.bytes() > mostBytes)) {
                    limited = true;
                    return;
                }
                into.add(publication);
                bytes += publication.bytes();
            }
            last = publication.id();
            readers.remove();
            reader.advance();
            if (reader.evicted()) {
                // What follows in this channel is lost; nothing newer of the others may overtake that notice.
                interrupted = true;
                readers.clear();
            } else if (reader.current() != null) {
                readers.add(reader);
            }
        }
    }

    /** Everything visible was taken: the watermark of this read is the cursor. */
    boolean exhausted() {
        return !limited && !interrupted;
    }

    /** The limits ended it, so the frame is as full as a frame gets. */
    boolean limited() {
        return limited;
    }

    /** The cursor after what was taken: all up to here is done. */
    long last() {
        return last;
    }

    private static Publication current(Retained.Reader reader) {
        Publication publication = reader.current();
        if (publication == null) {
            throw new IllegalStateException("a reader without an entry is not in the merge");
        }
        return publication;
    }
}
