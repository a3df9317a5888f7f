package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
     * One walk over all who subscribe to a source when it begins. It rests while many of its {@link Writes} are under way, and is
     * over when few are.
     */
    private final class Pass implements Runnable {
        private final Source source;
        private final Writes writes = new Writes(lanes, () -> add(this));
        private Subscription @Nullable [] subscriptions;
        private int next;
        private long since;

        Pass(Source source) {
            this.source = source;
        }

        /** A slice, or more while nobody else waits. */
        @Override
        public void run() {
            Subscription[] all = subscriptions == null ? begin() : subscriptions;
            boolean walking = next < all.length;
            try {
                do {
                    int end = Math.min(all.length, next + SLICE);
                    writes.at(clock.nanos());
                    while (next < end && !writes.many()) {
                        all[next++].connection.wake(writes);
                    }
                } while (next < all.length && !writes.many() && work.isEmpty());
            } finally {
                if (walking && next == all.length) {
                    lag.record(clock.nanos() - since);
                }
                goOn(next == all.length);
            }
        }

        private Subscription[] begin() {
            since = source.turn().begin();
            Subscription[] all = source.subscribers.snapshot();
            subscriptions = all;
            return all;
        }

        private void goOn(boolean walked) {
            if (walked ? !writes.few() : writes.many()) {
                writes.rest();
            } else if (!walked) {
                work.add(this); // for this lane, which goes on polling
            } else {
                writes.forget();
                if (source.turn().end()) {
                    add(new Pass(source));
                }
            }
        }
    }
}
