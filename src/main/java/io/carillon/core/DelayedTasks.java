package io.carillon.core;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for their time. One lock around the queue, never held while a task runs. */
final class DelayedTasks {
    private static final System.Logger LOG = System.getLogger(DelayedTasks.class.getName());
    /** Tasks that one beat takes in any case. Some tenths of a millisecond each, if they end requests. */
    private static final int MOST = 500;

    private record Task(long due, Runnable action) {
        /** Monotonic times may wrap. */
        static final Comparator<Task> SOONEST = (one, other) -> Long.compare(one.due - other.due, 0);
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** By what loads its class now: most tasks come when the server goes down, and then Payara may have deleted it. */
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Task.SOONEST);

    void add(long due, Runnable action) {
        lock.lock();
        try {
            tasks.add(new Task(due, action));
        } finally {
            lock.unlock();
        }
    }

    /** What is due, oldest first; of thousands that are, a quarter, so that a beat has an end and so has the queue. */
    void run(long now) {
        int most = Math.max(MOST, size() / 4);
        for (Task task; most-- > 0 && (task = poll(now, false)) != null; ) {
            run(task);
        }
    }

    void runAll() {
        for (Task task; (task = poll(0, true)) != null; ) {
            run(task);
        }
    }

    private static void run(Task task) {
        try {
            task.action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a delayed task failed", e);
        }
    }

    private int size() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task poll(long now, boolean all) {
        lock.lock();
        try {
            Task first = tasks.peek();
            return first != null && (all || now - first.due >= 0) ? tasks.poll() : null;
        } finally {
            lock.unlock();
        }
    }
}
