package io.carillon.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The writes that one pass of the fan-out has started, and how many of them are under way. A pass that started them all at
 * once would only fill the container's queues, in front of the requests of those who publish; and where a container just takes
 * note of a write, pass would follow on pass with one publication each.
 *
 * <p>Who is stuck delays a pass once: writes that do not get on for {@link #PATIENCE} are given up, so no longer counted. Begun by
 * one thread at a time, the lane's; completed by any, without locks.
 */
final class Writes {
    /** With so many under way the pass rests. */
    static final int MOST = 64;
    /** With so few it goes on, or is over. */
    static final int FEW = MOST / 2;

    static final Duration PATIENCE = Duration.ofMillis(5);
    /** Fewer completions than this within the patience are none. */
    private static final int SOME = FEW / 2;

    private final Lanes lanes;
    private final Runnable pass;
    private volatile int begun;
    private final AtomicInteger completed = new AtomicInteger();
    private volatile int givenUp;
    private final AtomicBoolean resting = new AtomicBoolean();
    private volatile boolean over;
    private boolean watched;
    private int seen;
    private long now;

    /** @param pass makes the pass go on, by any thread */
    Writes(Lanes lanes, Runnable pass) {
        this.lanes = lanes;
        this.pass = pass;
    }

    /** The lane says what time it is, once for many writes. */
    void at(long nanos) {
        now = nanos;
    }

    /** When those of now begin, some milliseconds early at most; see {@link HubClock#nanos()}. */
    long now() {
        return now;
    }

    boolean many() {
        return underWay() >= MOST;
    }

    boolean few() {
        return underWay() <= FEW;
    }

    int underWay() {
        return begun - completed.get() - givenUp;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void begun() {
        begun++;
    }

    /** One is through, or its connection has come to an end. */
    void completed() {
        completed.incrementAndGet();
        if (resting.get() && few()) {
            goOn();
        }
    }

    /** The pass goes on when few are left, or none gets on. */
    void rest() {
        resting.set(true); // and then looks: who completes does it the other way round
        if (few()) {
            goOn();
        } else if (!watched) {
            watched = true;
            lanes.later(this::watch, PATIENCE);
        }
    }

    /** The pass is over. */
    void forget() {
        over = true;
    }

    private void goOn() {
        if (resting.compareAndSet(true, false)) {
            pass.run();
        }
    }

    private void watch() {
        if (over) {
            return;
        }
        int now = completed.get();
        if (now - seen < SOME && resting.get()) {
            givenUp = begun - now;
            goOn();
        }
        seen = now;
        lanes.later(this::watch, PATIENCE);
    }
}
