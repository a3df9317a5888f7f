package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes the connections of changed sources, away from the publisher's thread. A few lanes, each run by one thread of the
 * executor at a time and only while it has work; a source always uses the same lane. What is published while a pass is
 * under way is taken by the next pass together: batches grow with the load. No failure stops a lane.
 */
final class FanOut {
    private static final System.Logger LOG = System.getLogger(FanOut.class.getName());

    private final Executor executor;
    private final HubClock clock;
    private final Timing lag;
    private final Lane[] lanes;

    FanOut(Executor executor, int lanes, HubClock clock, Timing lag) {
        this.executor = executor;
        this.clock = clock;
        this.lag = lag;
        this.lanes = new Lane[lanes];
        for (int i = 0; i < lanes; i++) {
            this.lanes[i] = new Lane();
        }
    }

    /** A source has something new. Never blocks. */
    void changed(Source source) {
        if (source.subscribers.count() > 0 && source.markDirty(clock)) {
            lanes[source.lane(lanes.length)].add(() -> pass(source));
        }
    }

    /** A connection gave up its turn with more to write. */
    void later(Connection connection) {
        lanes[Math.floorMod(connection.id().hashCode(), lanes.length)].add(connection::wake);
    }

    private void pass(Source source) {
        long since = source.clearDirty();
        for (Subscription subscription : source.subscribers.snapshot()) {
            subscription.connection.wake();
        }
        lag.record(clock.nanos() - since);
    }

    /** Starts the lanes that the executor has refused to run. */
    void retry() {
        for (Lane lane : lanes) {
            lane.start();
        }
    }

    private final class Lane implements Runnable {
        private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean running = new AtomicBoolean();

        void add(Runnable task) {
            work.add(task);
            start();
        }

        void start() {
            if (claim()) {
                try {
                    executor.execute(this);
                } catch (RuntimeException e) { // what waits is not lost: the next task or beat starts the lane
                    running.set(false);
                    LOG.log(Level.ERROR, "the executor refuses to run the fan-out: {0}", e.toString());
                }
            }
        }

        /** Whoever adds a task and finds the lane claimed is seen by the runner, who looks once more after letting go. */
        private boolean claim() {
            return !work.isEmpty() && !running.get() && running.compareAndSet(false, true);
        }

        @Override
        public void run() {
            do {
                for (Runnable task; (task = work.poll()) != null; ) {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.log(Level.ERROR, "a fan-out pass failed", e);
                    }
                }
                running.set(false);
            } while (claim());
        }
    }
}
