package io.carillon.bench.generator;

import java.util.Arrays;

/**
 * Takes the HTTP/1.1 responses of one connection apart as they come, in whatever pieces: heads, and bodies without their framing.
 * Makes no garbage once a head came in one piece. Not safe for concurrent use.
 */
final class Responses {
    /** Is told what comes. The bytes are the caller's, valid during the call only. */
    interface Handler {
        void head(int status, byte[] in, int from, int to);

        void body(byte[] in, int from, int to);

        void end();
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UPGRADED
    }

    private static final byte[] LENGTH = Head.name("Content-Length");
    private static final byte[] ENCODING = Head.name("Transfer-Encoding");

    private final Handler handler;
    private State state = State.HEAD;
    private byte[] partial = {};
    private int matched; // of \r\n\r\n
    private long left;
    private boolean extension;

    Responses(Handler handler) {
        this.handler = handler;
    }

    /** Where what is not HTTP any more begins, after a response 101; else {@code to}. */
    int feed(byte[] in, int from, int to) {
        int at = from;
        while (at < to && state != State.UPGRADED) {
            at = switch (state) {
                case HEAD -> head(in, at, to);
                case BODY, CHUNK -> body(in, at, to);
                case CHUNK_SIZE -> chunkSize(in, at, to);
                case CHUNK_END -> chunkEnd(in, at);
                case TRAILER -> trailer(in, at);
                case UPGRADED -> at;
            };
        }
        return at;
    }

    private int head(byte[] in, int from, int to) {
        for (int at = from; at < to; at++) {
            byte one = in[at];
            boolean fits = one == ((matched & 1) == 0 ? '\r' : '\n');
            matched = fits ? matched + 1 : one == '\r' ? 1 : 0;
            if (matched == 4) {
                matched = 0;
                if (partial.length == 0) {
                    headed(in, from, at + 1);
                } else {
                    append(in, from, at + 1);
                    byte[] whole = partial;
                    partial = new byte[0];
                    headed(whole, 0, whole.length);
                }
                return at + 1;
            }
        }
        append(in, from, to);
        return to;
    }

    private void append(byte[] in, int from, int to) {
        int before = partial.length;
        partial = Arrays.copyOf(partial, before + to - from);
        System.arraycopy(in, from, partial, before, to - from);
    }

    private void headed(byte[] in, int from, int to) {
        int status = Head.status(in, from);
        int length = Head.field(in, from, to, LENGTH);
        boolean bodyless = status == 204 || status == 304;
        if (status == 101) {
            state = State.UPGRADED;
        } else if (!bodyless && Head.field(in, from, to, ENCODING) >= 0) {
            state = State.CHUNK_SIZE;
            left = 0;
            extension = false;
        } else {
            state = State.BODY;
            left = bodyless ? 0 : length < 0 ? Long.MAX_VALUE : Head.number(in, length);
        }
        handler.head(status, in, from, to);
        if (state == State.BODY && left == 0) {
            ended();
        }
    }

    private int body(byte[] in, int from, int to) {
        int end = left < to - from ? from + (int) left : to;
        left -= end - from;
        handler.body(in, from, end);
        if (left == 0) {
            if (state == State.CHUNK) {
                state = State.CHUNK_END;
            } else {
                ended();
            }
        }
        return end;
    }

    private int chunkSize(byte[] in, int from, int to) {
        for (int at = from; at < to; at++) {
            int digit = Character.digit(in[at], 16);
            if (in[at] == '\n') {
                state = left == 0 ? State.TRAILER : State.CHUNK;
                matched = 2;
                return at + 1;
            } else if (digit < 0) {
                extension = true;
            } else if (!extension) {
                left = left << 4 | digit;
            }
        }
        return to;
    }

    private int chunkEnd(byte[] in, int at) {
        if (in[at] == '\n') {
            state = State.CHUNK_SIZE;
            extension = false;
        }
        return at + 1;
    }

    private int trailer(byte[] in, int at) {
        if (in[at] == '\n') {
            matched++;
            if (matched == 3) {
                matched = 0;
                ended();
            } else {
                matched = 2;
            }
        } else if (in[at] != '\r') {
            matched = 1;
        }
        return at + 1;
    }

    private void ended() {
        state = State.HEAD;
        handler.end();
    }
}
