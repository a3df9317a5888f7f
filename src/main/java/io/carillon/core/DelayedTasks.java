package io.carillon.core;

import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for their time. One lock around the queue, never held while a task runs. */
final class DelayedTasks {
    private static final System.Logger LOG = System.getLogger(DelayedTasks.class.getName());

    private record Task(long due, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return Long.compare(due - other.due, 0); // monotonic times may wrap
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();

    void add(long due, Runnable action) {
        lock.lock();
        try {
            tasks.add(new Task(due, action));
        } finally {
            lock.unlock();
        }
    }

    void run(long now) {
        for (Task task; (task = poll(now, false)) != null; ) {
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
