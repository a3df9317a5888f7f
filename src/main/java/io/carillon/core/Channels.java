package io.carillon.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels that the index knows, so many at most: when they are too many, those that nobody uses are forgotten. Changed
 * under the index' lock only, which {@link #makeRoomFor} takes itself; who looks takes none.
 */
final class Channels {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    private final int most;
    private final HubClock clock;
    private final IndexLock lock;
    private final Patterns patterns;
    private final Stock stock;

    private final Map<String, Channel> byName = new ConcurrentHashMap<>();
    private volatile long base;

    private boolean allInUse;
    private long lookedAt;

    /** @param most that are known at one time */
    Channels(int most, HubClock clock, IndexLock lock, Patterns patterns, Stock stock) {
        this.most = most;
        this.clock = clock;
        this.lock = lock;
        this.patterns = patterns;
        this.stock = stock;
    }

    /** A cursor below it has missed something in any channel that is not known here. */
    long base() {
        return base;
    }

    @Nullable
    Channel find(String name) {
        return byName.get(name);
    }

    int count() {
        return byName.size();
    }

    /** A view. Who goes through it while channels come and go meets all that stay, and perhaps some of the others. */
    Collection<Channel> all() {
        return byName.values();
    }

    /** True if that many more may come to be; forgets unused ones if need be. */
    boolean makeRoomFor(int more) {
        return more == 0 || hasRoomFor(more) || forgetSome(more);
    }

    private boolean hasRoomFor(int more) {
        return byName.size() + more <= most;
    }

    /** Looks again under the lock: when many have waited for it, the first has made room for those behind. */
    private boolean forgetSome(int more) {
        lock.lock();
        try {
            long now = clock.nanos();
            boolean futile = allInUse && now - lookedAt < LOOK_AGAIN_NANOS;
            if (!hasRoomFor(more) && !futile) {
                allInUse = !forgetUnused(Math.max(more, most / 10));
                lookedAt = now;
            }
            return hasRoomFor(more);
        } finally {
            lock.unlock();
        }
    }

    // ---- under the index' lock ----

    /** From here on the log is known. */
    void beginAt(long id) {
        base = id;
    }

    void add(Channel channel) {
        byName.put(channel.name(), channel);
    }

    void forget(Channel channel) {
        byName.remove(channel.name(), channel);
        stock.clear(channel);
        channel.frames.close();
        channel.forgotten = true;
    }

    /**
     * Forgets so many channels, a tenth of all, of those that nobody is subscribed to and that were not published to for
     * longest; false when all are in use. A cursor from before that is then a gap in every channel that is new: never a
     * silent loss. When all are in use, nobody looks again for a second: a hub that is full must not be slow, too.
     */
    private boolean forgetUnused(int count) {
        List<Channel> unused = new ArrayList<>();
        for (Channel channel : byName.values()) {
            if (channel.subscribers.count() == 0) {
                unused.add(channel);
            }
        }
        unused.sort(Comparator.comparingLong(Source::lastId));
        boolean any = false;
        for (Channel channel : unused.subList(0, Math.min(count, unused.size()))) {
            if (channel.subscribers.retire()) {
                base = Math.max(base, channel.lastId());
                forget(channel);
                any = true;
            }
        }
        patterns.dropForgotten();
        return any;
    }
}
