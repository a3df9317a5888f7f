package io.carillon.polling;

import io.carillon.core.Outbox;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers that wait for one IO thread, which writes all of them before it reads again (docs/adr/0027). Safe for concurrent use, without
 * locks: put here by any thread, written by the IO thread in the order in which they came.
 */
public final class IoThreadOutbox implements Outbox, Runnable {
    private static final System.Logger LOG = System.getLogger(IoThreadOutbox.class.getName());

    private final Executor thread;
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sent = new AtomicBoolean();

    /** @param thread runs one task after the other */
    public IoThreadOutbox(Executor thread) {
        this.thread = thread;
    }

    /** To be followed by {@link #send}. */
    public void add(Runnable answer) {
        answers.add(answer);
    }

    @Override
    public void send() {
        if (!answers.isEmpty() && sent.compareAndSet(false, true)) {
            try {
                thread.execute(this);
            } catch (RejectedExecutionException e) { // its connections end with it
                sent.set(false);
                LOG.log(Level.DEBUG, "the IO thread of {0} answers is ended", answers.size());
            }
        }
    }

    /**
     * Then it lets other IO threads write theirs, which have as many, before it reads what its clients ask next: who hears of something last should
     * not wait until those who heard first have asked again.
     */
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // an order, on which nothing but latency depends
    public void run() {
        sent.set(false); // what is put here from now on may be sent once more
        for (Runnable answer; (answer = answers.poll()) != null; ) {
            try {
                answer.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "an answer to a poll could not be written", e);
            }
        }
        Thread.yield();
    }
}
