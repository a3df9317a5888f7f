package io.carillon.wire;

import java.io.IOException;

/** The connection under one socket, as the server gives it away: takes whole arrays, one after the other. */
public interface Wire {
    /** Hears what became of an array that was not taken at once. On a thread of the server's. */
    interface Owner {
        void sent();

        void lost(IOException cause);
    }

    /**
     * Hands an array over, once the one before it is through. Does not block.
     *
     * @return true if the kernel has all of it; if false, one word to the owner follows, perhaps before this returns
     * @throws IOException if the client cannot be written to; the owner hears nothing then
     */
    boolean write(byte[] bytes, Owner owner) throws IOException;

    /** Reads what {@link #write} will read, as {@link io.carillon.core.Outlet#prefetch}. */
    default int prefetch() {
        return 0;
    }

    /** Ends the connection at once, whatever is under way. Idempotent; from any thread; does not block. */
    void cut();
}
