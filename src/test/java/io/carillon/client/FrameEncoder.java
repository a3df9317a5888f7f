package io.carillon.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client's WebSocket frames, masked as RFC 6455 asks. */
public final class FrameEncoder {
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PONG = 10;

    private static final int MASK = 0x1b2c3d4e;

    private FrameEncoder() {}

    public static ByteBuffer text(String message) {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    public static ByteBuffer close(int code) {
        return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    public static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (MASK >> (24 - 8 * (i & 3)))));
        }
        return frame.flip();
    }
}
