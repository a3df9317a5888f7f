package io.carillon.protocol;

import java.nio.charset.StandardCharsets;

/**
 * What a server sends on a WebSocket, byte for byte (RFC 6455, 5.2): each message is one frame, never masked, without extensions. So
 * the same bytes go to all clients.
 */
public final class WebSocketFrames {
    /** Stands for a close frame without a code; never sent itself (RFC 6455, 7.4.1). */
    public static final int NO_CODE = 1005;

    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private WebSocketFrames() {}

    /** A message. */
    public static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message that has just been written. */
    static byte[] text(WireWriter message) {
        byte[] frame = headed(TEXT, message.size());
        message.copyTo(frame, frame.length - message.size());
        return frame;
    }

    /** A ping, which every client answers by itself. */
    public static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    /**
     * The answer to a ping.
     *
     * @param payload the ping's; at most 125 bytes
     */
    public static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /**
     * The last frame.
     *
     * @param reason at most 123 bytes of UTF-8
     */
    public static byte[] close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + words.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, words.length);
        return frame(CLOSE, payload);
    }

    /** The answer to a client's close frame: the same code, or none. */
    public static byte[] closeBack(int code) {
        return code == NO_CODE ? frame(CLOSE, new byte[0]) : close(code, "");
    }

    /** Several frames for one write. */
    public static byte[] join(byte[] first, byte[] then) {
        byte[] both = new byte[first.length + then.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(then, 0, both, first.length, then.length);
        return both;
    }

    private static byte[] frame(int opcode, byte[] payload) {
        byte[] frame = headed(opcode, payload.length);
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    /** The head, and room for the payload behind it. */
    private static byte[] headed(int opcode, int length) {
        int head = length < 126 ? 2 : length < 1 << 16 ? 4 : 10;
        byte[] frame = new byte[head + length];
        frame[0] = (byte) (FINAL | opcode);
        if (head == 2) {
            frame[1] = (byte) length;
        } else {
            frame[1] = (byte) (head == 4 ? 126 : 127);
            for (int at = head - 1, rest = length; at > 1; at--, rest >>>= 8) {
                frame[at] = (byte) rest;
            }
        }
        return frame;
    }
}
