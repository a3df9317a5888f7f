package io.carillon.core;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs two things at the same time, over and over, each time with another small head start: so that their steps meet in
 * ever new ways. The second thread stays from one run to the next, since to start one takes longer than what is run.
 */
final class TwoThreads implements AutoCloseable {
    private static final int MOST_HEAD_START = 400;

    private record Task(Runnable action, int delay, AtomicInteger ready, CompletableFuture<Void> done) {}

    private final Random random = new Random(1);
    private final Thread other = new Thread(this::serve, "the other of two threads");
    private volatile @Nullable Task task;
    private volatile boolean closed;

    TwoThreads() {
        other.setDaemon(true);
        other.start();
    }

    /** Returns when both are through; throws what either has thrown. */
    void run(Runnable here, Runnable there) {
        int headStart = random.nextInt(2 * MOST_HEAD_START) - MOST_HEAD_START;
        Task theirs = new Task(there, Math.max(0, headStart), new AtomicInteger(), new CompletableFuture<>());
        task = theirs;
        try {
            start(theirs.ready, Math.max(0, -headStart));
            here.run();
        } finally {
            join(theirs.done);
        }
    }

    private static void join(CompletableFuture<Void> done) {
        for (int i = 0; !done.isDone(); i++) {
            pause(i);
        }
        try {
            done.join();
        } catch (CompletionException e) {
            throw new AssertionError("on the other thread: " + e.getCause(), e.getCause());
        }
    }

    private void serve() {
        for (int i = 0; !closed; i++) {
            Task mine = task;
            if (mine == null) {
                pause(i);
                continue;
            }
            i = 0;
            task = null;
            try {
                start(mine.ready, mine.delay);
                mine.action.run();
                mine.done.complete(null);
            } catch (Throwable e) {
                mine.done.completeExceptionally(e);
            }
        }
    }

    private static void start(AtomicInteger ready, int delay) {
        ready.incrementAndGet();
        for (int i = 0; ready.get() < 2; i++) {
            pause(i);
        }
        for (int i = 0; i < delay; i++) {
            Thread.onSpinWait();
        }
    }

    /** Spins, but not for long: the machine may have no core for the other thread. */
    private static void pause(int times) {
        if (times % 2_000 == 1_999) {
            LockSupport.parkNanos(1);
        } else {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
