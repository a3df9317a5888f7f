package io.carillon.transport.websocket.direct;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.ServerMessages;
import io.carillon.protocol.WebSocketEncoder;
import io.carillon.protocol.WebSocketFrames;
import io.carillon.transport.websocket.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * Writes to one client, whole arrays of frames, each once the one before it is with the kernel: at most one array of the hub waits
 * or is under way, and beside it the answer to a ping and the close frame.
 *
 * <p>Threads: any. What the kernel does not take at once is written on by the connection's IO thread. This object's monitor guards
 * what waits, and is held neither while writing nor while anybody is told.
 */
final class DirectSocket implements Socket, Outlet {
    /** How long a client that has been told to close may take for it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final StreamConnection connection;
    private final ConduitStreamSinkChannel sink;
    private final BiConsumer<Duration, Runnable> later;
    private WebSocketEncoder encoder = WebSocketEncoder.FRAMED_SINGLE;

    private boolean writing;
    private @Nullable Completion underWay;
    private byte @Nullable [] waiting;
    private @Nullable Completion waitingFor;
    private byte @Nullable [] pong;
    private byte @Nullable [] close;
    private boolean closing;

    /** What is left of the array under way; handed to the IO thread with the task that resumes it. */
    private @Nullable ByteBuffer rest;

    /** @param later runs something once, after a while */
    DirectSocket(StreamConnection connection, BiConsumer<Duration, Runnable> later) {
        this.connection = connection;
        this.sink = connection.getSinkChannel();
        this.later = later;
    }

    /** Before anything is written, on the thread that opens it. */
    void start() {
        sink.setWriteListener(this::writable);
    }

    // ---- the hub's words ----

    @Override
    public Outlet outlet(boolean batch) {
        encoder = batch ? WebSocketEncoder.FRAMED_BATCH : WebSocketEncoder.FRAMED_SINGLE;
        return this;
    }

    @Override
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public void write(Frame frame, Completion completion) {
        byte[] bytes =
                frame instanceof Frame.Bytes ready ? ready.bytes() : WebSocketFrames.text(((Frame.Text) frame).text());
        synchronized (this) {
            if (closing) {
                return; // and it ends soon
            }
            if (writing) { // the answer to a ping
                waiting = bytes;
                waitingFor = completion;
                return;
            }
            writing = true;
            underWay = completion;
        }
        push(ByteBuffer.wrap(bytes));
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        close(farewell(reason));
    }

    private static byte[] farewell(CloseReason reason) {
        return WebSocketFrames.join(
                WebSocketFrames.text(ServerMessages.bye(reason).text()),
                WebSocketFrames.close(reason.code(), reason.reason()));
    }

    @Override
    public void refuse(String error, CloseReason reason) {
        close(WebSocketFrames.join(WebSocketFrames.text(error), farewell(reason)));
    }

    @Override
    public void abort(CloseReason reason) {
        cut();
    }

    // ---- the reader's words ----

    void pong(byte[] payload) {
        byte[] frame = WebSocketFrames.pong(payload);
        synchronized (this) {
            if (closing) {
                return;
            }
            if (writing) {
                pong = frame; // of several pings only the latest needs an answer (RFC 6455, 5.5.3)
                return;
            }
            writing = true;
        }
        push(ByteBuffer.wrap(frame));
    }

    /**
     * Our close frame follows what waits, and nothing follows it; the client has {@link #GRACE} for its own.
     *
     * @param farewell ends with what {@link WebSocketFrames#close} makes
     */
    void close(byte[] farewell) {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            later.accept(GRACE, this::cut);
            if (writing) {
                close = farewell;
                return;
            }
            writing = true;
        }
        push(ByteBuffer.wrap(farewell));
    }

    /** Ends the connection, whatever is under way. Idempotent. */
    void cut() {
        IoUtils.safeClose(connection);
    }

    // ---- writing ----

    /** Whoever has set {@code writing} writes. */
    private void push(ByteBuffer bytes) {
        ByteBuffer next = bytes;
        try {
            while (next != null) {
                while (next.hasRemaining()) {
                    if (sink.write(next) == 0) {
                        rest = next;
                        connection.getIoThread().execute(sink::resumeWrites);
                        return;
                    }
                }
                next = through();
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    /** On the IO thread, when the kernel takes more. */
    private void writable(ConduitStreamSinkChannel ready) {
        sink.suspendWrites();
        ByteBuffer bytes = rest;
        if (bytes != null) {
            rest = null;
            push(bytes);
        }
    }

    /** The array under way is with the kernel. Gives the next. */
    private @Nullable ByteBuffer through() {
        Completion done;
        byte[] next;
        synchronized (this) {
            done = underWay;
            next = waiting;
            underWay = waitingFor;
            waiting = null;
            waitingFor = null;
            if (next == null && pong != null) {
                next = pong;
                pong = null;
            }
            if (next == null) {
                next = close;
                close = null;
            }
            writing = next != null;
        }
        if (done != null) {
            done.written();
        }
        return next == null ? null : ByteBuffer.wrap(next);
    }

    private void lost(IOException cause) {
        Completion failed;
        synchronized (this) {
            failed = underWay;
        }
        cut();
        if (failed != null) {
            failed.failed(cause);
        }
    }
}
