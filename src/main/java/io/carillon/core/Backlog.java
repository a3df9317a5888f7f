package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits to be told to somebody who may be slow: a bounded queue with one daemon thread that empties it, in order. To
 * add never blocks, from any thread: when there is no room the oldest goes, which is counted and logged.
 */
public final class Backlog<T> implements AutoCloseable {
    /** Who is told. Called by the one thread, may block; what it throws is logged, and costs what it was given. */
    @FunctionalInterface
    public interface Taker<T> {
        /**
         * Tells it, the oldest first.
         *
         * @throws InterruptedException at the end: give up
         */
        void take(List<T> batch) throws InterruptedException;
    }

    private static final System.Logger LOG = System.getLogger(Backlog.class.getName());
    private static final long END_MILLIS = 1000;

    private final String name;
    private final int capacity;
    private final int most;
    private final Taker<T> taker;
    private final ArrayBlockingQueue<T> waiting;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private long droppedBefore;

    /**
     * One that does nothing yet.
     *
     * @param name of the thread, after {@code carillon-}, and of the events in the log: {@code <name>.dropped}, {@code .lost}
     * @param most that the taker is given at once
     */
    public Backlog(String name, int capacity, int most, Taker<T> taker) {
        this.name = name;
        this.capacity = capacity;
        this.most = most;
        this.taker = taker;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "carillon-" + name);
        thread.setDaemon(true);
    }

    /** Begins to tell. Once. */
    public void start() {
        thread.start();
    }

    public void add(T one) {
        while (!waiting.offer(one)) {
            if (waiting.poll() != null) {
                dropped.increment();
            }
        }
    }

    /** How many had to go for want of room. */
    public long dropped() {
        return dropped.sum();
    }

    /** Ends it, at most a second later; what waits is lost. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!waiting.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    LogLine.of(name + ".lost")
                            .with("waiting", waiting.size())
                            .say("the hub ends before these are told"));
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                take();
                tellOfDropped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    private void take() throws InterruptedException {
        T first = waiting.poll(1, TimeUnit.MINUTES);
        if (first == null) {
            return;
        }
        List<T> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, most - 1);
        try {
            taker.take(batch);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, thread.getName() + " has not told " + batch.size(), e);
        }
    }

    private void tellOfDropped() {
        long now = dropped();
        if (now > droppedBefore) {
            LOG.log(
                    Level.WARNING,
                    LogLine.of(name + ".dropped")
                            .with("dropped", now - droppedBefore)
                            .with("limit", capacity)
                            .say("more than is taken; the oldest went"));
            droppedBefore = now;
        }
    }
}
