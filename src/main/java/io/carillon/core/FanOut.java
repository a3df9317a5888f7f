package io.carillon.core;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the connections of changed sources, away from the publisher's thread. One queue, worked off by a few lanes: threads of
 * the executor, each only while there is work. A source is in the queue or in a pass, never both: what is published while its
 * pass is under way is taken by the next pass together, so batches grow with the load. A pass over many subscribers lets
 * others have their turn: however many clients of one channel are slow to write to, or dead, another channel waits for a slice of them.
 * No failure stops a lane.
 */
final class FanOut {
    private static final System.Logger LOG = System.getLogger(FanOut.class.getName());
    /** Subscribers that a pass wakes before others get their turn. */
    static final int SLICE = 128;
    /** Writes of one pass that are under way at a time. */
    static final int MOST = 64;
    /** When so few of them are left, the pass goes on. */
    static final int FEW = MOST / 2;
    /** For how long a pass rests while nothing gets on. */
    static final Duration PATIENCE = Duration.ofMillis(5);

    private final Lanes lanes;
    private final int most;
    private final HubClock clock;
    private final Timing lag;
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();

    FanOut(Lanes lanes, int most, HubClock clock, Timing lag) {
        this.lanes = lanes;
        this.most = most;
        this.clock = clock;
        this.lag = lag;
    }

    /** A source has something new. Never blocks. */
    void changed(Source source) {
        if (source.subscribers.count() > 0 && source.turn().changed(clock)) {
            add(new Pass(source));
        }
    }

    /** A connection gave up its turn with more to write. */
    void later(Connection connection) {
        add(connection::wake);
    }

    /** Starts a lane that the executor has refused to run. */
    void retry() {
        start();
    }

    private void add(Runnable task) {
        work.add(task);
        start();
    }

    private void start() {
        if (claim()) {
            try {
                lanes.execute(this::run);
            } catch (RuntimeException e) { // what waits is not lost: the next task or beat starts the lane
                running.decrementAndGet();
                LOG.log(Level.ERROR, "the executor refuses to run the fan-out: {0}", e.toString());
            }
        }
    }

    /** Whoever adds a task and finds all lanes claimed is seen by their runners, who look once more after letting go. */
    private boolean claim() {
        while (!work.isEmpty()) {
            int now = running.get();
            if (now >= most) {
                return false;
            }
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void run() {
        do {
            for (Runnable task; (task = work.poll()) != null; ) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.ERROR, "a fan-out pass failed", e);
                }
            }
            running.decrementAndGet();
        } while (claim());
    }

    /**
     * One walk over all who subscribe to a source when it begins. It rests while many of the writes that it has started are under
     * way, and is over when few are: a container that only takes note of a write would otherwise let pass follow on
     * pass, each with one publication, and its queues grow in front of the requests of those who publish. Writes that do not
     * get on are given up, not waited for: whoever is stuck delays a pass once, by {@link #PATIENCE} for as many as rest at a time.
     */
    final class Pass implements Runnable {
        private final Source source;
        private Subscription @Nullable [] subscriptions;
        private int next;
        private long since;
        /** Written by the lane only. */
        private volatile int started;

        private final AtomicInteger completed = new AtomicInteger();
        /** Writes that nobody waits for any more. */
        private volatile int givenUp;

        private final AtomicBoolean resting = new AtomicBoolean();
        private volatile boolean over;
        private boolean walked;
        private boolean watched;
        private int seen;

        Pass(Source source) {
            this.source = source;
        }

        /** A slice, or more while nobody else waits. */
        @Override
        public void run() {
            Subscription[] all = subscriptions == null ? begin() : subscriptions;
            try {
                do {
                    int end = Math.min(all.length, next + SLICE);
                    while (next < end && underWay() < MOST) {
                        all[next++].connection.wake(this);
                    }
                } while (next < all.length && underWay() < MOST && work.isEmpty());
            } finally {
                if (next == all.length) {
                    walked();
                }
                if (underWay() > (next < all.length ? MOST - 1 : FEW)) {
                    rest();
                } else if (next < all.length) {
                    work.add(this); // for this lane, which goes on polling
                } else {
                    end();
                }
            }
        }

        private Subscription[] begin() {
            since = source.turn().begin();
            Subscription[] all = source.subscribers.snapshot();
            subscriptions = all;
            return all;
        }

        private int underWay() {
            return started - completed.get() - givenUp;
        }

        /** A write has begun, on the lane's own thread. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        void started() {
            started++;
        }

        /** A write that it had begun is through, or its connection at an end. */
        void completed() {
            completed.incrementAndGet();
            if (resting.get() && underWay() <= FEW) {
                goOn();
            }
        }

        private void rest() {
            resting.set(true); // and then looks: who completes does it the other way round
            if (underWay() <= FEW) {
                goOn();
            } else if (!watched) {
                watched = true;
                watch();
            }
        }

        private void goOn() {
            if (resting.compareAndSet(true, false)) {
                add(this);
            }
        }

        private void watch() {
            lanes.later(this::patience, PATIENCE);
        }

        private void patience() {
            if (over) {
                return;
            }
            int now = completed.get();
            if (now - seen < FEW / 2 && resting.compareAndSet(true, false)) {
                givenUp = started - now;
                add(this);
            }
            seen = now;
            watch();
        }

        private void walked() {
            if (!walked) {
                walked = true;
                lag.record(clock.nanos() - since);
            }
        }

        private void end() {
            over = true;
            if (source.turn().end()) {
                add(new Pass(source));
            }
        }
    }
}
