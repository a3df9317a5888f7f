package io.carillon.transport.websocket.direct;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them, masked, one after the other. */
final class ClientFrames {
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d}; // of RFC 6455, 5.7

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClientFrames text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param first FIN, the reserved bits and the opcode */
    ClientFrames frame(int first, byte[] payload) {
        bytes.write(first);
        int length = payload.length;
        if (length < 126) {
            bytes.write(0x80 | length);
        } else if (length < 1 << 16) {
            bytes.write(0x80 | 126);
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
        } else {
            bytes.write(0x80 | 127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        bytes.writeBytes(MASK);
        for (int i = 0; i < length; i++) {
            bytes.write(payload[i] ^ MASK[i % 4]);
        }
        return this;
    }

    ClientFrames raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
