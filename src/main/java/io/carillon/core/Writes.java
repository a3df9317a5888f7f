package io.carillon.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    /** The same where they are put aside in an {@link Outbox}, so that its thread has many to write at a time. */
    static final int MOST_TOGETHER = 1024;
    /** With so few it goes on, or is over. */
    static final int FEW = MOST / 2;

    static final Duration PATIENCE = Duration.ofMillis(5);
    /** Fewer completions than this within the patience are none. */
    private static final int SOME = FEW / 2;

    private final Lanes lanes;
    private final Runnable pass;
    private final boolean busy;
    private volatile int begun;
    private final AtomicInteger completed = new AtomicInteger();
    private volatile int givenUp;
    private final AtomicBoolean resting = new AtomicBoolean();
    private volatile boolean over;
    private boolean watched;
    private int seen;
    private long now;
    private int most = MOST;
    private final List<Outbox> outboxes = new ArrayList<>(0);

    /**
     * @param pass makes the pass go on, by any thread
     * @param busy whether much was published during the pass before: then clients get the more at a time the slower this one is, and
     *     what is put aside is sent at once, so that it is counted as through soon
     */
    Writes(Lanes lanes, Runnable pass, boolean busy) {
        this.lanes = lanes;
        this.pass = pass;
        this.busy = busy;
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
        return underWay() >= most;
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

    /**
     * What an outlet may have put aside is on its way: with the rest of the pass, or now.
     *
     * @param by the pass that it has been written by, if one has
     */
    static void send(@Nullable Outbox outbox, @Nullable Writes by) {
        if (outbox == null) {
            return;
        }
        if (by == null || by.busy) {
            outbox.send();
        } else {
            by.gather(outbox);
        }
    }

    private void gather(Outbox outbox) {
        most = MOST_TOGETHER;
        if (!outboxes.contains(outbox)) { // there are few, one for each thread
            outboxes.add(outbox);
        }
    }

    /** What was put aside since the last time goes out. */
    void sendAll() {
        outboxes.forEach(Outbox::send);
        outboxes.clear();
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
