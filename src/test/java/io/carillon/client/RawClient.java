package io.carillon.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that behaves badly: a bare socket with a small receive buffer, on which nothing is read unless one asks. One
 * thread at a time.
 *
 * <p>What it can be: one that never reads (the socket stays open, its window closes), one that reads a byte now and then
 * ({@link #readOne}), one that is gone with a reset ({@link #reset}), one that is gone in the middle of a frame
 * ({@link #sendHalfOf}). A host that vanishes without a FIN cannot be had on loopback without a packet filter; for the
 * server the nearest is the one that never reads and never writes.
 */
public final class RawClient implements AutoCloseable {
    /** Polls asked for at once: their answers can be more than the socket buffers of a tuned server hold. */
    private static final int POLLS = 4;

    private static final int RECEIVE_BUFFER = 4 * 1024;

    private final Socket socket = new Socket();
    private final String name;
    private final byte[] buffer = new byte[64 * 1024];
    private final HttpDecoder http = new HttpDecoder(new Response());
    private final FrameDecoder frames = new FrameDecoder(new Frames());
    private Map<String, String> head = Map.of();
    private boolean over;
    private String ending = "nothing, it is open";
    private int closeCode;

    private RawClient(Target target, Wire wire) {
        this.name = target.server() + " raw " + wire;
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.setSoTimeout(1_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()), 10_000);
        } catch (IOException e) {
            throw new IllegalStateException(this + " cannot connect", e);
        }
    }

    /** Subscribes and reads nothing, not even the answer. On the poll it asks over and over, without waiting. */
    public static RawClient subscribe(Target target, Wire wire, List<String> channels, @Nullable Long cursor) {
        RawClient client = new RawClient(target, wire);
        switch (wire) {
            case WEBSOCKET -> client.send(Requests.webSocket(target, channels, cursor));
            case SSE -> client.send(Requests.events(target, channels, cursor));
            case POLL -> {
                byte[] poll = Requests.poll(target, channels, cursor, 60);
                for (int i = 0; i < POLLS; i++) {
                    client.send(poll);
                }
            }
        }
        return client;
    }

    /** A WebSocket whose handshake is done; it answers no ping. */
    public static RawClient webSocket(Target target, List<String> channels) {
        RawClient client = subscribe(target, Wire.WEBSOCKET, channels, null);
        while (!client.http.upgraded()) {
            client.read(1);
            if (client.over) {
                throw new IllegalStateException(client + " is refused");
            }
        }
        return client;
    }

    /** One whole text frame; false when the other side does not take it any more. */
    public boolean sendText(String text) {
        try {
            send(FrameEncoder.text(text), 1);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Bytes as they are, frames or not; false when the other side does not take them any more. */
    public boolean sendRaw(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Only the first half of a text frame. */
    public void sendHalfOf(String text) {
        send(FrameEncoder.text(text), 2);
    }

    private void send(ByteBuffer frame, int divisor) {
        byte[] bytes = new byte[frame.remaining() / divisor];
        frame.get(bytes);
        send(bytes);
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(this + " cannot send", e);
        }
    }

    /** Reads one byte, if there is one within a second. */
    public void readOne() {
        read(1);
    }

    /**
     * Reads all that is on its way; true if the hub has ended the exchange within that time: the connection, or the
     * response, after which a server may keep the connection for another request.
     */
    public boolean drainToEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!over && System.nanoTime() - deadline < 0) {
            read(buffer.length);
        }
        return over;
    }

    /** Reads frames and answers none; the code of the close frame, 1006 when the socket ends without, 0 if it stays. */
    public int awaitClose(Duration patience) {
        return drainToEnd(patience) ? (closeCode == 0 ? 1006 : closeCode) : 0;
    }

    private void read(int most) {
        try {
            int n = socket.getInputStream().read(buffer, 0, most);
            if (n < 0) {
                end("the end of the stream");
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            http.feed(bytes);
            if (http.upgraded()) {
                frames.feed(bytes);
            }
        } catch (SocketTimeoutException e) {
            // It says nothing; so do we.
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void end(String how) {
        if (!over) {
            over = true;
            ending = how;
        }
    }

    /** Headers of the answer as far as it has been read, names in lower case. */
    public Map<String, String> head() {
        return head;
    }

    /** What the hub did at last, as far as it has been read. */
    public String ending() {
        return ending;
    }

    private final class Response implements HttpDecoder.Sink {
        @Override
        public void head(int status, Map<String, String> headers) {
            RawClient.this.head = Map.copyOf(headers);
        }

        @Override
        public void body(ByteBuffer piece) {
            piece.position(piece.limit());
        }

        @Override
        public void end() {
            RawClient.this.end("the whole response");
        }
    }

    private final class Frames implements FrameDecoder.Sink {
        @Override
        public void text(String message) {}

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void close(int code, String reason) {
            closeCode = code;
            end("close " + code + " " + reason);
        }
    }

    /** Gone at once with a reset: whatever is in flight is lost. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + (socket.isBound() ? " from port " + socket.getLocalPort() : "");
    }
}
