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
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one client, whole arrays of frames, each once the one before it is with the kernel: at most one array of the hub waits
 * or is under way, and beside it the answer to a ping and the close frame.
 *
 * <p>Threads: any. What the kernel does not take at once is written on by a thread of the server's. Who takes {@code state} from idle
 * writes, and nobody else until he gives it back. This object's monitor guards what waits for that, and is held neither while writing
 * nor while anybody is told.
 */
final class DirectSocket implements Socket, Outlet, Wire.Owner {
    private static final AtomicIntegerFieldUpdater<DirectSocket> STATE =
            AtomicIntegerFieldUpdater.newUpdater(DirectSocket.class, "state");
    private static final int IDLE = 0;
    private static final int WRITING = 1;
    /** There is more to write after it; or nothing ever will be. */
    private static final int MORE = 2;
    /** How long a client that has been told to close may take for it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Wire wire;
    private final BiConsumer<Duration, Runnable> later;
    private WebSocketEncoder encoder = WebSocketEncoder.FRAMED_SINGLE;

    private volatile int state;
    /** Of the hub's arrays. */
    private @Nullable Completion completion;
    /** Whether the array under way is one; belongs to whoever writes. */
    private boolean hubs;

    private byte @Nullable [] waiting;
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
    public boolean write(Frame frame, Completion whenDone) {
        byte[] bytes =
                frame instanceof Frame.Bytes ready ? ready.bytes() : WebSocketFrames.text(((Frame.Text) frame).text());
        if (!STATE.compareAndSet(this, IDLE, WRITING) && !acquire(bytes, whenDone)) {
            return false;
        }
        if (completion != whenDone) { // a store that is not needed would cost more than the question
            completion = whenDone;
        }
        hubs = true;
        try {
            if (!wire.write(bytes, this)) {
                return false;
            }
        } catch (IOException e) {
            lost(e);
            return false;
        }
        push(release());
        return true;
    }

    /** False if the array has to wait, for the answer to a ping, or the connection ends. */
    private synchronized boolean acquire(byte[] bytes, Completion whenDone) {
        if (closing) {
            return false;
        }
        if (!acquire()) {
            waiting = bytes;
            completion = whenDone;
            return false;
        }
        return true;
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
            if (!acquire()) {
                pong = frame; // of several pings only the latest needs an answer (RFC 6455, 5.5.3)
                return;
            }
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
            if (!acquire()) {
                close = farewell;
                return;
            }
        }
        push(farewell);
    }

    /** Ends the connection, whatever is under way. Idempotent. */
    void cut() {
        wire.cut();
    }

    // ---- writing ----

    /** True if the caller is to write; else who does will find what the caller leaves for him. With the monitor held. */
    private boolean acquire() {
        while (true) {
            int now = state;
            if (now == MORE) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now + 1)) {
                return now == IDLE;
            }
        }
    }

    /** The array under way is with the kernel. Gives the next, or somebody else may write. */
    private byte @Nullable [] release() {
        hubs = false;
        return !closing && STATE.compareAndSet(this, WRITING, IDLE) ? null : next();
    }

    private synchronized byte @Nullable [] next() {
        byte[] next = waiting;
        hubs = next != null;
        waiting = null;
        if (next == null) {
            next = pong;
            pong = null;
        }
        if (next == null) {
            next = close;
            close = null;
        }
        state = next != null || closing ? MORE : IDLE;
        return next;
    }

    /** By whoever has the state. */
    private void push(byte @Nullable [] bytes) {
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
        push(through());
    }

    /** The same, and the hub is told, if the array was its. */
    private byte @Nullable [] through() {
        Completion done = hubs ? completion : null;
        byte[] next = release();
        if (done != null) {
            done.written();
        }
        return next;
    }

    @Override
    public void lost(IOException cause) {
        Completion failed = hubs ? completion : null;
        cut();
        if (failed != null) {
            failed.failed(cause);
        }
    }
}
