package io.carillon.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one source that several connections are likely to want, found by the publication that they begin with.
 * A few slots, each overwritten freely; the sweep clears those of a source that nobody reads. Safe for concurrent use.
 */
final class FrameCache {
    private static final int SLOTS = 16;

    /** What all caches of the hub hold together, against one bound. */
    static final class Budget {
        private final LongAdder used = new LongAdder();
        private final long limit;

        Budget(long limit) {
            this.limit = limit;
        }

        long used() {
            return used.sum();
        }
    }

    /**
     * @param after nothing of the source is between it and {@code first}
     * @param full no longer one can be made
     */
    private record Entry(Encoder encoder, long after, long first, boolean full, Frame frame) {
        boolean reaches(long newest) {
            return full || frame.lastId() >= newest;
        }
    }

    private final Budget budget;
    private volatile @Nullable AtomicReferenceArray<@Nullable Entry> slots;
    /** The last that was put; found without reading the source. */
    private volatile @Nullable Entry latest;

    /** Low bits of the id that the last frame began with that was not put. If two meet, one is put that nobody wants. */
    private volatile int wanted;

    private volatile boolean touched;
    private volatile boolean closed;

    FrameCache(Budget budget) {
        this.budget = budget;
    }

    /** The frame that begins with that id, if it is full or reaches to {@code newest}: a longer one cannot be made. */
    @Nullable
    Frame get(Encoder encoder, long first, long newest) {
        AtomicReferenceArray<@Nullable Entry> all = slots;
        if (all == null) {
            return null;
        }
        Entry entry = all.getAcquire(slot(encoder, first));
        if (entry == null || entry.encoder != encoder || entry.first != first) {
            return null;
        }
        return entry.reaches(newest) ? entry.frame : null;
    }

    /**
     * The last frame that was put, if it is what follows a cursor: found without a look at what is retained.
     *
     * @param floor what begins up to it is retained no longer
     */
    @Nullable
    Frame after(Encoder encoder, long cursor, long newest, long floor) {
        Entry entry = latest;
        return entry != null
                        && entry.encoder == encoder
                        && cursor >= entry.after
                        && cursor < entry.first
                        && floor < entry.first
                        && entry.reaches(newest)
                ? entry.frame
                : null;
    }

    /** Whether the last that asked this began with the same id. Of two that ask at once, both may be told no; then the third is the second. */
    boolean wantedAgain(long first) {
        boolean again = wanted == (int) first;
        wanted = (int) first;
        return again;
    }

    /** @param after the cursor of who made it, for whom {@code first} came next */
    void put(Encoder encoder, long after, long first, boolean full, Frame frame) {
        if (budget.used() + frame.size() > budget.limit) {
            return;
        }
        AtomicReferenceArray<@Nullable Entry> all = slots;
        if (all == null) {
            synchronized (this) {
                all = slots;
                if (all == null) {
                    all = new AtomicReferenceArray<>(SLOTS);
                    slots = all;
                }
            }
        }
        Entry entry = new Entry(encoder, after, first, full, frame);
        exchange(all, slot(encoder, first), entry);
        latest = entry;
        touched = true;
        if (closed) {
            clear();
        }
    }

    /** Sweep: drops everything if nothing was put since the last call. */
    void sweep() {
        if (touched) {
            touched = false;
        } else {
            clear();
        }
    }

    /** For a source that is no more: what a connection still puts here is given back at once. */
    void close() {
        closed = true;
        clear();
    }

    private void clear() {
        latest = null;
        AtomicReferenceArray<@Nullable Entry> all = slots;
        if (all != null) {
            for (int i = 0; i < SLOTS; i++) {
                exchange(all, i, null);
            }
        }
    }

    private void exchange(AtomicReferenceArray<@Nullable Entry> all, int slot, @Nullable Entry entry) {
        Entry old = all.getAndSet(slot, entry);
        budget.used.add((entry == null ? 0 : entry.frame.size()) - (old == null ? 0 : old.frame.size()));
    }

    private static int slot(Encoder encoder, long first) {
        int h = Long.hashCode(first) * 0x9E3779B9 + System.identityHashCode(encoder) * 0x85EBCA6B;
        return (h ^ (h >>> 16)) & (SLOTS - 1);
    }
}
