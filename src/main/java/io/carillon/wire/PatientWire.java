package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A wire into a socket: what the kernel does not take at once is kept, and written on when the server says that it takes more. */
abstract class PatientWire implements Wire {
    // Of the array under way; handed over by the server, with the request to be told.
    private @Nullable ByteBuffer rest;
    private @Nullable Owner owner;

    /** Writes what the kernel takes now. True if that was all. */
    abstract boolean took(ByteBuffer bytes) throws IOException;

    /** Has {@link #writable} called once the kernel takes more, on a thread of the server's. */
    abstract void awaitRoom();

    @Override
    public boolean write(byte[] bytes, Owner writer) throws IOException {
        return write(ByteBuffer.wrap(bytes), writer);
    }

    private boolean write(ByteBuffer bytes, Owner writer) throws IOException {
        if (took(bytes)) {
            return true;
        }
        rest = bytes;
        owner = writer;
        awaitRoom();
        return false;
    }

    /** The kernel takes more; nothing happens if nothing waits. */
    final void writable() {
        ByteBuffer bytes = rest;
        Owner writer = owner;
        if (bytes == null || writer == null) {
            return;
        }
        rest = null;
        owner = null;
        try {
            if (!write(bytes, writer)) {
                return;
            }
        } catch (IOException e) {
            writer.lost(e);
            return;
        }
        writer.sent();
    }
}
