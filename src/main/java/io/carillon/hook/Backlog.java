package io.carillon.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits to be posted: a bounded queue, from which the oldest goes when there is no room. To add never blocks. For
 * one thread that takes, and one at a time that adds.
 */
final class Backlog<T> {
    private final ArrayBlockingQueue<T> waiting;
    private final LongAdder dropped = new LongAdder();

    Backlog(int capacity) {
        waiting = new ArrayBlockingQueue<>(capacity);
    }

    void add(T one) {
        while (!waiting.offer(one)) {
            if (waiting.poll() != null) {
                dropped.increment();
            }
        }
    }

    /** At least one and at most so many, the oldest first; waits for the first. */
    List<T> take(int most) throws InterruptedException {
        List<T> batch = new ArrayList<>();
        while (batch.isEmpty()) {
            T first = waiting.poll(1, TimeUnit.MINUTES);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, most - 1);
            }
        }
        return batch;
    }

    int size() {
        return waiting.size();
    }

    /** How many had to go. */
    long dropped() {
        return dropped.sum();
    }
}
