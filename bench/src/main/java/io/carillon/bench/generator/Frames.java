package io.carillon.bench.generator;

import java.util.Arrays;

/** Takes a server's WebSocket frames apart as they come, in whatever pieces. Makes no garbage. Not safe for concurrent use. */
final class Frames {
    /** Is told what comes; a message's pieces follow each other. */
    interface Handler {
        void data(byte[] in, int from, int to);

        /** The last of a message's bytes has been told. */
        void end();

        void ping(byte[] payload);

        void closed();
    }

    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Handler handler;
    private final byte[] head = new byte[10];
    private int headed;
    private long left;
    private final byte[] control = new byte[125];
    private int controlled;

    Frames(Handler handler) {
        this.handler = handler;
    }

    void feed(byte[] in, int from, int to) {
        int at = from;
        while (at < to) {
            if (headed < headLength()) {
                head[headed++] = in[at++];
                if (headed == headLength()) {
                    left = length();
                    controlled = 0;
                    if (left == 0) {
                        ended();
                    }
                }
            } else {
                int end = left < to - at ? at + (int) left : to;
                payload(in, at, end);
                left -= end - at;
                at = end;
                if (left == 0) {
                    ended();
                }
            }
        }
    }

    private int headLength() {
        if (headed < 2) {
            return 2;
        }
        return switch (head[1] & 127) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private long length() {
        int length = headLength();
        if (length == 2) {
            return head[1] & 127;
        }
        long value = 0;
        for (int i = 2; i < length; i++) {
            value = value << 8 | (head[i] & 255);
        }
        return value;
    }

    private int opcode() {
        return head[0] & 15;
    }

    private void payload(byte[] in, int from, int to) {
        if (opcode() >= CLOSE) {
            System.arraycopy(in, from, control, controlled, to - from);
            controlled += to - from;
        } else {
            handler.data(in, from, to);
        }
    }

    private void ended() {
        boolean last = head[0] < 0;
        headed = 0;
        switch (opcode()) {
            case CLOSE -> handler.closed();
            case PING -> handler.ping(Arrays.copyOf(control, controlled));
            default -> {
                if (last && opcode() < CLOSE) {
                    handler.end();
                }
            }
        }
    }
}
