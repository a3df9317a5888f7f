package io.carillon.core;

/** Told by the {@link Outlet} how a write ended that was not done at once. May be called inline, from any thread, holding no lock. */
public interface Completion {

    /** The write is done and the next may start. */
    void written();

    /** The exchange has ended in good order: nothing more can be written. Idempotent. */
    void finished();

    /** The client cannot be written to any more. Idempotent. */
    void failed(Throwable cause);
}
