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
import io.carillon.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one client, whole arrays of frames, each once the one before it is with the kernel: at most one array of the hub waits
 * or is under way, and beside it the answer to a ping and the close frame.
 *
 * <p>Threads: any. What the kernel does not take at once is written on by a thread of the server's. This object's monitor guards
 * what waits, and is held neither while writing nor while anybody is told.
 */
final class DirectSocket implements Socket, Outlet, Wire.Owner {
    /** How long a client that has been told to close may take for it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Wire wire;
    private final BiConsumer<Duration, Runnable> later;
    private WebSocketEncoder encoder = WebSocketEncoder.FRAMED_SINGLE;

    private boolean writing;
    private @Nullable Completion underWay;
    private byte @Nullable [] waiting;
    private @Nullable Completion waitingFor;
    private byte @Nullable [] pong;
    private byte @Nullable [] close;
    private boolean closing;

    /** @param later runs something once, after a while */
    DirectSocket(Wire wire, BiConsumer<Duration, Runnable> later) {
        this.wire = wire;
        this.later = later;
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
        push(bytes);
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

    @Override
    public int prefetch() {
        return wire.prefetch();
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
        push(frame);
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
        push(farewell);
    }

    /** Ends the connection, whatever is under way. Idempotent. */
    void cut() {
        wire.cut();
    }

    // ---- writing ----

    /** Whoever has set {@code writing} writes. */
    private void push(byte[] bytes) {
        byte[] next = bytes;
        try {
            while (next != null && wire.write(next, this)) {
                next = through();
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    @Override
    public void sent() {
        byte[] next = through();
        if (next != null) {
            push(next);
        }
    }

    /** The array under way is with the kernel. Gives the next. */
    private byte @Nullable [] through() {
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
        return next;
    }

    @Override
    public void lost(IOException cause) {
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
