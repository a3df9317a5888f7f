package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * In which order the index' entries came, so that the oldest of all can go first. Entries that their channel has evicted
 * already are passed over, and squeezed out by and by. Guarded by the index' lock.
 */
final class Arrivals {
    private static final int SMALLEST = 1024;

    /** A ring: the entry with the number n is at n modulo the length. A place without a channel is passed over. */
    private @Nullable Channel[] channels = new @Nullable Channel[SMALLEST];

    private long[] ids = new long[SMALLEST];
    /** Number of the oldest, and of the next to come. */
    private long head;

    private long tail;

    /**
     * A round of squeezing goes from the newest to the oldest: what is retained moves up to {@link #free}, and in the end the
     * head follows. So what comes and goes at either end does not disturb a round that is done by halves.
     */
    private boolean squeezing;

    private long next;
    private long free;

    void add(Channel channel, long id) {
        if (size() == ids.length) {
            compact(Integer.MAX_VALUE);
            if (size() > ids.length / 2) {
                copy(ids.length * 2);
            }
        }
        int at = place(tail++);
        channels[at] = channel;
        ids[at] = id;
    }

    /** The channel whose oldest entry is the oldest of all, and takes it off this list; null when nothing is retained. */
    @Nullable
    Channel oldest() {
        Channel channel = head();
        if (channel != null) {
            drop();
        }
        return channel;
    }

    /** The id of the oldest entry of all that is retained; 0 when nothing is. */
    long oldestId() {
        return head() == null ? 0 : ids[place(head)];
    }

    /**
     * Drops entries that are no longer retained. Looks at so many, from where it stopped the last time, and returns true if there
     * are more; false ends a round, which is about those that were here when it began.
     */
    boolean compact(int most) {
        if (!squeezing) {
            next = tail - 1;
            free = next;
        }
        long end = Math.max(head, next - most + 1);
        for (; next >= end; next--) {
            int from = place(next);
            Channel channel = retained(from);
            channels[from] = null;
            if (channel != null) {
                int to = place(free--);
                channels[to] = channel;
                ids[to] = ids[from];
            }
        }
        squeezing = next >= head;
        if (!squeezing) {
            head = Math.max(head, free + 1);
            if (ids.length > SMALLEST && size() < ids.length / 8) {
                copy(Math.max(SMALLEST, ids.length / 4));
            }
        }
        return squeezing;
    }

    /** The channel of the oldest entry that is retained, which then is at the head. */
    private @Nullable Channel head() {
        while (head < tail) {
            Channel channel = retained(place(head));
            if (channel != null) {
                return channel;
            }
            drop();
        }
        return null;
    }

    private void drop() {
        channels[place(head++)] = null;
    }

    private @Nullable Channel retained(int place) {
        Channel channel = channels[place];
        return channel != null && ids[place] > channel.retained.floor() ? channel : null;
    }

    private int size() {
        return (int) (tail - head);
    }

    private int place(long number) {
        return (int) number & (ids.length - 1);
    }

    private void copy(int capacity) {
        @Nullable Channel[] newChannels = new @Nullable Channel[capacity];
        long[] newIds = new long[capacity];
        for (long number = head; number < tail; number++) {
            int from = place(number);
            int to = (int) number & (capacity - 1);
            newChannels[to] = channels[from];
            newIds[to] = ids[from];
        }
        channels = newChannels;
        ids = newIds;
    }
}
