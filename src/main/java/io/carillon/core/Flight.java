package io.carillon.core;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The write of one connection. Most are done when they come back from the outlet: of these nobody but the drain that has begun them
 * ever knows, so they take no store that other processors must see at once (docs/adr/0026). The others are under way until
 * their completion, which may come before they are known to be.
 *
 * <p>Begun and left by one drain at a time; landed by any thread. Safe for concurrent use, without locks.
 */
final class Flight {
    private static final AtomicIntegerFieldUpdater<Flight> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Flight.class, "state");
    private static final AtomicLongFieldUpdater<Flight> STARTED =
            AtomicLongFieldUpdater.newUpdater(Flight.class, "started");
    private static final AtomicReferenceFieldUpdater<Flight, @Nullable Writes> PASS =
            AtomicReferenceFieldUpdater.newUpdater(Flight.class, Writes.class, "pass");

    private static final int NONE = 0;
    /** It has not come back from the outlet. */
    private static final int STARTING = 1;
    /** It has, and its completion has not come. */
    private static final int UNDER_WAY = 2;

    private volatile int state;
    private volatile long started;
    /** The pass of the fan-out that has begun the write under way, if one has. */
    private volatile @Nullable Writes pass;

    /** @param now of {@link HubClock#nanos()}; nothing has been written before that */
    Flight(long now) {
        started = now;
    }

    /** As {@link Outlet#prefetch}. */
    int prefetch() {
        return state;
    }

    /** The outlet is asked to write. */
    void start(long now) {
        STARTED.lazySet(this, now);
        STATE.lazySet(this, STARTING);
    }

    /** The outlet has done it. */
    void done() {
        STATE.lazySet(this, NONE);
    }

    /**
     * The outlet has come back with the write not done.
     *
     * @param by the pass that counts it until its completion
     * @return false if the completion has come already, so that nothing is under way
     */
    boolean leave(@Nullable Writes by) {
        if (by != null) {
            pass = by;
            by.begun();
        }
        if (STATE.compareAndSet(this, STARTING, UNDER_WAY)) {
            return true;
        }
        through();
        return false;
    }

    /** The completion. True if the write was under way; else whoever has begun it goes on. */
    boolean land() {
        if (STATE.compareAndSet(this, STARTING, NONE)) {
            return false;
        }
        through();
        state = NONE;
        return true;
    }

    /** What is under way, if anything is, holds up no pass any more. */
    void through() {
        Writes by = pass == null ? null : PASS.getAndSet(this, null);
        if (by != null) {
            by.completed();
        }
    }

    boolean underWay() {
        return state == UNDER_WAY;
    }

    /** True while one is under way, or is about to be. */
    boolean busy() {
        return state != NONE;
    }

    /** How long ago the last was begun, in nanoseconds. */
    long age(long now) {
        return Math.max(0, now - started);
    }
}
