package io.carillon.core;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a subscription reads from: one {@link Channel}, or all channels of a pattern ({@link PatternSource}). */
abstract sealed class Source permits Channel, PatternSource {
    private final String name;
    private final int hash;
    private final AtomicBoolean dirty = new AtomicBoolean();
    /** When it was queued. Written by who has queued it, before that; read by its pass. */
    private long queuedAt;

    final Subscribers subscribers = new Subscribers();
    final FrameCache frames;
    final Retained retained;

    Source(String name, long floor, FrameCache.Budget budget) {
        this.name = name;
        this.frames = new FrameCache(budget);
        this.hash = name.hashCode();
        this.retained = new Retained(floor);
    }

    final String name() {
        return name;
    }

    /** Newest id that was published to it. */
    final long lastId() {
        return retained.lastId();
    }

    /** Opens everything that follows {@code after} and is visible at {@code upTo} in the merge. */
    abstract void open(Merge merge, Subscription subscription, long upTo);

    /** Oldest cursor that misses nothing here. Blocks nothing; exact while the source is not written to. */
    abstract long floor();

    /** True for the caller that has to queue it: it was not waiting for a fan-out pass. */
    final boolean markDirty(HubClock clock) {
        boolean mine = !dirty.get() && dirty.compareAndSet(false, true);
        if (mine) {
            queuedAt = clock.nanos();
        }
        return mine;
    }

    /** Called by the pass before it looks at the subscribers. Returns when it was queued. */
    final long clearDirty() {
        long since = queuedAt;
        dirty.set(false);
        return since;
    }

    /** A pass will come that has not begun: who stands here need not look by himself. */
    final boolean isDirty() {
        return dirty.get();
    }

    /** The fan-out lane that serves it, always the same. */
    final int lane(int lanes) {
        return Math.floorMod(hash ^ (hash >>> 16), lanes);
    }
}
