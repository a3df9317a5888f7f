package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the server's side of a WebSocket apart, RFC 6455, without extensions. One connection, one thread. */
public final class FrameDecoder {

    /** Told what comes in. */
    public interface Sink {
        void text(String message);

        void ping(byte[] payload);

        /** A close frame; code 1005 when it has none. */
        void close(int code, String reason);
    }

    private final Sink sink;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(512);
    private final byte[] header = new byte[10];
    private int headerSize;
    private byte[] payload;
    private int filled;

    public FrameDecoder(Sink sink) {
        this.sink = sink;
    }

    public void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (payload == null) {
                header[headerSize++] = in.get();
                if (headerSize < 2 || headerSize < headerLength()) {
                    continue;
                }
                payload = new byte[payloadLength()];
                filled = 0;
            }
            int n = Math.min(in.remaining(), payload.length - filled);
            in.get(payload, filled, n);
            filled += n;
            if (filled == payload.length) {
                byte[] complete = payload;
                payload = null;
                headerSize = 0;
                frame(header[0] & 0x80, header[0] & 0x0f, complete);
            }
        }
    }

    private int headerLength() {
        if ((header[1] & 0x80) != 0) {
            throw new IllegalStateException("a server must not mask its frames");
        }
        if ((header[0] & 0x70) != 0) {
            throw new IllegalStateException("an extension is in use that nobody asked for");
        }
        return switch (header[1] & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private int payloadLength() {
        return switch (header[1] & 0x7f) {
            case 126 -> ByteBuffer.wrap(header, 2, 2).getShort() & 0xffff;
            case 127 -> Math.toIntExact(ByteBuffer.wrap(header, 2, 8).getLong());
            default -> header[1] & 0x7f;
        };
    }

    private void frame(int last, int opcode, byte[] data) {
        switch (opcode) {
            case 0, 1 -> {
                message.writeBytes(data);
                if (last != 0) {
                    String text = message.toString(StandardCharsets.UTF_8);
                    message.reset();
                    sink.text(text);
                }
            }
            case 8 -> {
                int code = data.length < 2 ? 1005 : ByteBuffer.wrap(data).getShort() & 0xffff;
                int reason = Math.min(2, data.length);
                sink.close(code, new String(data, reason, data.length - reason, StandardCharsets.UTF_8));
            }
            case 9 -> sink.ping(data);
            case 10 -> {}
            default -> throw new IllegalStateException("unexpected opcode " + opcode);
        }
    }
}
