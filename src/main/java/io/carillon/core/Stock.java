package io.carillon.core;

import io.carillon.core.HubFigures.Eviction;

/**
 * What all channels of the index retain together, held to the bounds of each channel and of the hub. Guarded by the index'
 * lock, but for {@link #bytes}.
 */
final class Stock {
    private final long most;
    private final HubStats stats;
    private final Arrivals arrivals = new Arrivals();
    private volatile long bytes;

    /** @param most bytes that all of it may take */
    Stock(long most, HubStats stats) {
        this.most = most;
        this.stats = stats;
    }

    long bytes() {
        return bytes;
    }

    /** Adds an entry, and holds its channel to its retention; the newest always stays, so that it can be delivered. */
    void add(Channel channel, Publication publication) {
        Retained retained = channel.retained;
        retained.append(publication);
        change(publication.bytes());
        arrivals.add(channel, publication.id());
        Retention retention = channel.retention;
        while (retained.size() > 1 && (retained.size() > retention.count() || retained.bytes() > retention.bytes())) {
            evict(retained, Eviction.CHANNEL);
        }
    }

    /** Holds the hub to its bound: the oldest entry of all goes first. */
    void makeRoom() {
        while (bytes > most) {
            Channel channel = arrivals.oldest();
            if (channel == null) {
                return;
            }
            evict(channel.retained, Eviction.MEMORY);
        }
    }

    /** Drops what of a channel is too old at that time, milliseconds since the epoch, and gives its room back. */
    void age(Channel channel, long now) {
        long oldest = now - channel.retention.age().toMillis();
        Retained retained = channel.retained;
        for (Publication p; (p = retained.oldest()) != null && (p.time() < oldest || p.expired(now)); ) {
            evict(retained, Eviction.AGE);
        }
        retained.trim();
    }

    /** Drops all of a channel. */
    void clear(Channel channel) {
        while (channel.retained.size() > 0) {
            evict(channel.retained, Eviction.FORGOTTEN);
        }
    }

    /** The id of the oldest entry of all; 0 when there is none. */
    long oldestId() {
        return arrivals.oldestId();
    }

    /** Gives back what the order of arrivals needs no longer, looking at so many of them; true if there is more to look at. */
    boolean compact(int most) {
        return arrivals.compact(most);
    }

    private void evict(Retained retained, Eviction why) {
        stats.evicted(why, 1);
        change(-retained.evictOldest());
    }

    private void change(long delta) {
        long before = bytes; // only under the lock, so this is no lost update
        bytes = before + delta;
    }
}
