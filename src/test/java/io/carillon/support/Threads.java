package io.carillon.support;

/** For tests of races. */
public final class Threads {
    private Threads() {}

    /** Waits until it has ended. */
    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
