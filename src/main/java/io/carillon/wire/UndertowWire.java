package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** A connection of Undertow's. What the kernel does not take at once is written on by its IO thread. */
final class UndertowWire implements Wire {
    private final StreamConnection connection;
    private final ConduitStreamSinkChannel sink;

    // Of the array under way; handed to the IO thread with the task that resumes it.
    private @Nullable ByteBuffer rest;
    private @Nullable Owner owner;

    /** On the thread that opens it. */
    UndertowWire(StreamConnection connection) {
        this.connection = connection;
        this.sink = connection.getSinkChannel();
        sink.setWriteListener(this::writable);
    }

    @Override
    public boolean write(byte[] bytes, Owner writer) throws IOException {
        return write(ByteBuffer.wrap(bytes), writer);
    }

    private boolean write(ByteBuffer bytes, Owner writer) throws IOException {
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                rest = bytes;
                owner = writer;
                connection.getIoThread().execute(sink::resumeWrites);
                return false;
            }
        }
        return true;
    }

    /** On the IO thread, when the kernel takes more. */
    private void writable(ConduitStreamSinkChannel ready) {
        sink.suspendWrites();
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

    @Override
    public void cut() {
        IoUtils.safeClose(connection);
    }
}
