package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Reads what one client sends, on the connection's IO thread. What it leads to may block: that goes to another thread, and nothing more is
 * read before it is through. So a client waits for the hub, not the other way round.
 */
final class UndertowReader {
    /** Of the IO thread, which reads one connection at a time. */
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(16 << 10));

    /** Buffers that one client may fill before the thread's others have their turn. */
    private static final int TURN = 4;

    private final StreamConnection connection;
    private final Peer peer;
    private final Executor workers;

    UndertowReader(StreamConnection connection, Peer peer, Executor workers) {
        this.connection = connection;
        this.peer = peer;
        this.workers = workers;
    }

    /** Starts to read, also what came behind the handshake. */
    void start() {
        connection.getSourceChannel().setReadListener(this::readable);
        connection.getSourceChannel().wakeupReads();
    }

    private void readable(ConduitStreamSourceChannel source) {
        ByteBuffer buffer = BUFFER.get();
        try {
            for (int read = 0; read < TURN; read++) {
                int count = source.read(buffer.clear());
                if (count == 0) {
                    source.resumeReads();
                    return;
                }
                if (count < 0) {
                    IoUtils.safeClose(connection);
                    return;
                }
                Runnable blocking = peer.hear(buffer.flip());
                if (blocking != null) {
                    elsewhere(blocking);
                    return;
                }
            }
            source.wakeupReads();
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    private void elsewhere(Runnable blocking) {
        connection.getSourceChannel().suspendReads();
        workers.execute(() -> {
            try {
                blocking.run();
            } finally {
                connection.getSourceChannel().wakeupReads();
            }
        });
    }
}
