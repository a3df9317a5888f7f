package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * In which order the index' entries came, so that the oldest of all can go first. Entries that their channel has evicted
 * already are passed over, and squeezed out when they are the greater part. Guarded by the index' lock.
 */
final class Arrivals {
    private static final int SMALLEST = 1024;

    private @Nullable Channel[] channels = new @Nullable Channel[SMALLEST];
    private long[] ids = new long[SMALLEST];
    private int head;
    private int size;

    void add(Channel channel, long id) {
        if (size == ids.length) {
            compact();
            if (size > ids.length / 2) {
                copy(ids.length * 2);
            }
        }
        int at = (head + size) & (ids.length - 1);
        channels[at] = channel;
        ids[at] = id;
        size++;
    }

    /** The channel whose oldest entry is the oldest of all, and takes it off this list; null when nothing is retained. */
    @Nullable
    Channel oldest() {
        while (size > 0) {
            Channel channel = channels[head];
            boolean retained = channel != null && ids[head] > channel.retained.floor();
            channels[head] = null;
            head = (head + 1) & (ids.length - 1);
            size--;
            if (retained) {
                return channel;
            }
        }
        return null;
    }

    /** The id of the oldest entry of all that is retained; 0 when nothing is. */
    long oldestId() {
        while (size > 0) {
            Channel channel = channels[head];
            if (channel != null && ids[head] > channel.retained.floor()) {
                return ids[head];
            }
            channels[head] = null;
            head = (head + 1) & (ids.length - 1);
            size--;
        }
        return 0;
    }

    /** Drops the entries that are no longer retained. */
    void compact() {
        int kept = 0;
        int mask = ids.length - 1;
        for (int i = 0; i < size; i++) {
            int from = (head + i) & mask;
            Channel channel = channels[from];
            if (channel != null && ids[from] > channel.retained.floor()) {
                int to = (head + kept++) & mask;
                channels[to] = channel;
                ids[to] = ids[from];
            }
        }
        for (int i = kept; i < size; i++) {
            channels[(head + i) & mask] = null;
        }
        size = kept;
        if (ids.length > SMALLEST && size < ids.length / 8) {
            copy(Math.max(SMALLEST, ids.length / 4));
        }
    }

    private void copy(int capacity) {
        @Nullable Channel[] newChannels = new @Nullable Channel[capacity];
        long[] newIds = new long[capacity];
        for (int i = 0; i < size; i++) {
            int from = (head + i) & (ids.length - 1);
            newChannels[i] = channels[from];
            newIds[i] = ids[from];
        }
        channels = newChannels;
        ids = newIds;
        head = 0;
    }
}
