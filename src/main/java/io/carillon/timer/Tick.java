package io.carillon.timer;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something to be done at each tick of a timer. A tick that comes while the one before is still at work is left out: the
 * next does what it would have done. An exception is logged and does not reach the server, which would end the timer or
 * run it again.
 */
public final class Tick implements Runnable {
    private static final System.Logger LOG = System.getLogger(Tick.class.getName());

    private final String name;
    private final Runnable work;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param name of the work, for the log and for the timer that carries it */
    public Tick(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public String name() {
        return name;
    }

    @Override
    public void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a " + name + " failed", e);
        } finally {
            running.set(false);
        }
    }
}
