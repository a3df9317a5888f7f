package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** A connection of Undertow's. What the kernel does not take at once is written on by its IO thread. */
final class UndertowWire extends PatientWire {
    private final StreamConnection connection;
    private final ConduitStreamSinkChannel sink;

    /** On the thread that opens it. */
    UndertowWire(StreamConnection connection) {
        this.connection = connection;
        this.sink = connection.getSinkChannel();
        sink.setWriteListener(ready -> {
            ready.suspendWrites();
            writable();
        });
    }

    @Override
    boolean took(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    void awaitRoom() {
        connection.getIoThread().execute(sink::resumeWrites);
    }

    @Override
    public void cut() {
        IoUtils.safeClose(connection);
    }
}
