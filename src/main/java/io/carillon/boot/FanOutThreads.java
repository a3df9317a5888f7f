package io.carillon.boot;

import io.carillon.core.Lanes;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that deliver to connections, named {@code carillon-fanout-N}. All of them start here: a managed thread
 * takes on the context of the thread that makes it, which must be the application's own, not that of a request.
 */
final class FanOutThreads implements Lanes, AutoCloseable {
    private static final long PATIENCE_MILLIS = 1000;

    private final ScheduledThreadPoolExecutor pool;

    FanOutThreads(int threads, ThreadFactory factory) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory naming = task -> {
            Thread thread = factory.newThread(task);
            thread.setName("carillon-fanout-" + number.incrementAndGet());
            return thread;
        };
        pool = new ScheduledThreadPoolExecutor(threads, naming);
        pool.prestartAllCoreThreads();
    }

    /** Threads of our own, for a server that has none to give. */
    static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what the fan-out gives us catches what it throws
    public void later(Runnable task, Duration delay) {
        pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets what was handed in run, then ends the threads; interrupts them after a second. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
