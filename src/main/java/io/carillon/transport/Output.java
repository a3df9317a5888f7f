package io.carillon.transport;

import org.jspecify.annotations.Nullable;

/**
 * The body of one answer, written without ever blocking: one array at a time, its end told to the owner.
 *
 * <p>Threads: {@link #write} and {@link #finish} by one thread at a time, never while a write is under way; {@link #abort} by any.
 */
public interface Output {
    /** What becomes of the output. Called on any thread; must not block. */
    interface Owner {
        /** The array is with the server, and it takes the next. */
        void written();

        /** Nothing more can be written. May come more than once. */
        void lost(Throwable cause);

        /** The request is over, in good order or not. Once. */
        void ended();

        /** After {@link #abort}, the request is about to be ended: if nothing was sent, the head may still say so. */
        default void cut() {}
    }

    /**
     * Starts to write the array.
     *
     * @return true if the server has it: the owner hears nothing of it. If false, {@link Owner#written} or {@link Owner#lost}
     *     follows, perhaps before this returns
     */
    boolean write(byte[] array);

    /** Writes the array, if there is one, and ends the answer; {@link Owner#ended} follows. */
    void finish(byte @Nullable [] array);

    /** Writes nothing more and ends the answer. Idempotent. */
    void abort();

    /** Reads what {@link #write} will read, as {@link io.carillon.core.Outlet#prefetch}. */
    default int prefetch() {
        return 0;
    }
}
