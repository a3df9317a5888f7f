package io.carillon.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes the connections of changed sources, away from the publisher's thread. A few lanes, each run by one thread of the
 * executor at a time and only while it has work; a source always uses the same lane. What is published while a pass is
 * under way is taken by the next pass together: batches grow with the load.
 */
final class FanOut {
    private static final System.Logger LOG = System.getLogger(FanOut.class.getName());

    private final Executor executor;
    private final Lane[] lanes;

    FanOut(Executor executor, int lanes) {
        this.executor = executor;
        this.lanes = new Lane[lanes];
        for (int i = 0; i < lanes; i++) {
            this.lanes[i] = new Lane();
        }
    }

    /** A source has something new. Never blocks. */
    void changed(Source source) {
        if (source.subscribers.count() > 0 && source.markDirty()) {
            lanes[source.lane(lanes.length)].add(() -> pass(source));
        }
    }

    /** A connection gave up its turn with more to write. */
    void later(Connection connection) {
        lanes[Math.floorMod(connection.id().hashCode(), lanes.length)].add(connection::wake);
    }

    private static void pass(Source source) {
        source.clearDirty();
        for (Subscription subscription : source.subscribers.snapshot()) {
            subscription.connection.wake();
        }
    }

    private final class Lane implements Runnable {
        private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();

        void add(Runnable task) {
            work.add(task);
            if (waiting.getAndIncrement() == 0) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            int left;
            do {
                int done = 0;
                for (Runnable task; (task = work.poll()) != null; done++) {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.ERROR, "a fan-out pass failed", e);
                    }
                }
                left = waiting.addAndGet(-done);
            } while (left != 0);
        }
    }
}
