package io.carillon.transport.websocket.direct;

import io.carillon.protocol.WebSocketFrames;
import io.carillon.transport.websocket.Talk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Reads what one client sends. The connection's IO thread puts it together and hears signs of life; a message may lead to something
 * that blocks, so it goes to another thread, and nothing more is read before that is through. So the talk has one thread at a time,
 * and a client waits for the hub, not the other way round.
 */
final class DirectReader {
    /** Of the IO thread, which reads one connection at a time. */
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(16 << 10));

    /** Buffers that one client may fill before the thread's others have their turn. */
    private static final int TURN = 4;

    private final StreamConnection connection;
    private final DirectSocket socket;
    private final Talk talk;
    private final Executor workers;
    private final FrameReader frames;
    private final int limit;
    private boolean deaf;

    /** @param limit of one message */
    DirectReader(StreamConnection connection, DirectSocket socket, Talk talk, Executor workers, int limit) {
        this.connection = connection;
        this.socket = socket;
        this.talk = talk;
        this.workers = workers;
        this.limit = limit;
        this.frames = new FrameReader(limit);
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
                    socket.cut();
                    return;
                }
                if (!deaf && !hear(frames.read(buffer.flip()))) {
                    return;
                }
            }
            source.wakeupReads();
        } catch (IOException e) {
            socket.cut();
        }
    }

    /** False when somebody else goes on, later. */
    private boolean hear(List<Heard> heard) {
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i) instanceof Heard.Ping || heard.get(i) instanceof Heard.Pong) {
                tell(heard.get(i));
            } else {
                connection.getSourceChannel().suspendReads();
                List<Heard> rest = heard.subList(i, heard.size());
                workers.execute(() -> {
                    try {
                        rest.forEach(this::tell);
                    } finally {
                        connection.getSourceChannel().wakeupReads();
                    }
                });
                return false;
            }
        }
        return true;
    }

    private void tell(Heard heard) {
        if (heard instanceof Heard.Text text) {
            talk.hear(text.text());
        } else if (heard instanceof Heard.TooLong) {
            talk.tooLong(limit);
        } else if (heard instanceof Heard.Binary) {
            talk.binary();
        } else if (heard instanceof Heard.Ping ping) {
            talk.alive();
            socket.pong(ping.payload());
        } else if (heard instanceof Heard.Pong) {
            talk.alive();
        } else if (heard instanceof Heard.Violation violation) {
            deaf = true; // but for the end of the connection
            socket.close(WebSocketFrames.close(violation.code(), violation.what()));
        } else if (heard instanceof Heard.Close close) {
            deaf = true;
            socket.close(WebSocketFrames.closeBack(close.code()));
            talk.gone();
            socket.cut();
        }
    }
}
