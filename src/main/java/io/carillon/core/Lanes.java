package io.carillon.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the fan-out: port of whoever has threads to give. Each task runs at once on one of them, or is refused with a
 * {@link java.util.concurrent.RejectedExecutionException}; none blocks.
 */
public interface Lanes extends Executor {
    /** Runs it after that time, on one of them; may be lost once they end. */
    default void later(Runnable task, Duration delay) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this)
                .execute(task);
    }
}
