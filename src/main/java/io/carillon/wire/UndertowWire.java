package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * A connection of Undertow's. What goes in the clear goes straight into the socket; what the kernel does not take at once is written on by
 * the connection's IO thread.
 */
final class UndertowWire extends PatientWire {
    private final StreamConnection connection;
    private final ConduitStreamSinkChannel sink;

    /** Null if something lies between. */
    private final @Nullable SocketChannel plain;

    /** On the thread that opens it. */
    UndertowWire(StreamConnection connection) {
        this.connection = connection;
        this.sink = connection.getSinkChannel();
        this.plain = UndertowSocket.under(sink.getConduit());
        sink.setWriteListener(ready -> {
            ready.suspendWrites();
            writable();
        });
    }

    @Override
    boolean took(ByteBuffer bytes) throws IOException {
        if (plain != null) {
            return Sockets.took(plain, bytes);
        }
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
    public int prefetch() {
        return Sockets.prefetch(plain);
    }

    @Override
    public void cut() {
        IoUtils.safeClose(connection);
    }
}
