package io.carillon.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Runs what it was given when the test says so. For one thread. */
final class HandDrivenExecutor implements Lanes {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Queue<Runnable> delayed = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    @Override
    public void later(Runnable task, Duration delay) {
        delayed.add(task);
    }

    /** What was to be run later is run now, and what comes of it. */
    void passTime() {
        waiting.addAll(delayed);
        delayed.clear();
        runAll();
    }

    /** Runs the oldest task; false when there is none. */
    boolean runOne() {
        Runnable task = waiting.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    void runAll() {
        while (runOne()) {
            // it may have brought another
        }
    }

    int waiting() {
        return waiting.size();
    }
}
