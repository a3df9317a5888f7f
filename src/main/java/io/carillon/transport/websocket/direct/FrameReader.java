package io.carillon.transport.websocket.direct;

import io.carillon.protocol.WebSocketFrames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the bytes that a client sends (RFC 6455, 5), however they are cut. Between messages it holds nothing but itself; of a
 * message it keeps {@code limit} bytes at most. Used by one thread at a time.
 */
final class FrameReader {
    static final int PROTOCOL_ERROR = 1002;
    static final int INVALID_PAYLOAD = 1007;

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MOST_OF_CONTROL = 125;
    private static final byte[] NOTHING = {};

    private final int limit;

    /** Of the frame under way: its head as far as it is here, what it is, and how much is to come. */
    private final byte[] head = new byte[14];

    private int headSize;
    private boolean inPayload;
    private int opcode;
    private boolean last;
    private int mask;
    private long remaining;
    private long at;

    /** Of the message under way, which control frames may interrupt. */
    private int message;

    private byte[] kept = NOTHING;
    private int keptSize;
    private boolean tooLong;
    private byte[] control = NOTHING;
    private boolean over;

    /** @param limit bytes that a message may have */
    FrameReader(int limit) {
        this.limit = limit;
    }

    /** Takes all that is in the buffer. After a {@link Heard.Close} or a {@link Heard.Violation} it hears nothing more. */
    List<Heard> read(ByteBuffer from) {
        List<Heard> heard = new ArrayList<>(2);
        while (!over && from.hasRemaining()) {
            if (!inPayload) {
                head(from.get(), heard);
            } else {
                payload(from);
            }
            if (inPayload && remaining == 0) {
                inPayload = false;
                headSize = 0;
                end(heard);
            }
        }
        return heard;
    }

    private void head(byte next, List<Heard> heard) {
        head[headSize++] = next;
        if (headSize == 2) {
            String wrong = wrong();
            if (wrong != null) {
                violation(heard, PROTOCOL_ERROR, wrong);
            }
        } else if (headSize > 2 && headSize == headLength()) {
            begin(heard);
        }
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        return 6 + (length < 126 ? 0 : length == 126 ? 2 : 8); // with the mask, which a client's frame always has
    }

    /** What is wrong with the first two bytes of a frame. */
    private @Nullable String wrong() {
        opcode = head[0] & 0xf;
        last = (head[0] & 0x80) != 0;
        if ((head[0] & 0x70) != 0) {
            return "a reserved bit is set, but no extension was agreed on";
        }
        if ((head[1] & 0x80) == 0) {
            return "a client's frame has to be masked";
        }
        return switch (opcode) {
            case CONTINUATION -> message == 0 ? "a continuation of nothing" : null;
            case TEXT, BINARY -> message != 0 ? "a message begins before the one before has ended" : null;
            case CLOSE, PING, PONG ->
                !last || (head[1] & 0x7f) > MOST_OF_CONTROL ? "a control frame is cut, or longer than 125 bytes" : null;
            default -> "opcode " + opcode + " means nothing";
        };
    }

    private void begin(List<Heard> heard) {
        int to = headSize - 4;
        remaining = to == 2 ? head[1] & 0x7f : number(2, to);
        mask = (int) number(to, headSize);
        at = 0;
        if (remaining < 0) {
            violation(heard, PROTOCOL_ERROR, "a length of 2^63 bytes and more");
            return;
        }
        inPayload = true;
        if (opcode >= CLOSE) {
            control = remaining == 0 ? NOTHING : new byte[(int) remaining];
            return;
        }
        if (opcode != CONTINUATION) {
            message = opcode;
        }
        if (remaining > limit - keptSize) {
            if (!tooLong) {
                heard.add(new Heard.TooLong());
            }
            tooLong = true;
            kept = NOTHING;
        }
    }

    private long number(int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | (head[i] & 0xff);
        }
        return number;
    }

    private void payload(ByteBuffer from) {
        int count = (int) Math.min(remaining, from.remaining());
        boolean isControl = opcode >= CLOSE;
        if (!isControl && (tooLong || message == BINARY)) {
            from.position(from.position() + count);
        } else {
            byte[] to = isControl ? control : room(count);
            int start = isControl ? (int) at : keptSize;
            from.get(to, start, count);
            for (int i = 0; i < count; i++) {
                to[start + i] ^= (byte) (mask >>> (24 - 8 * ((int) (at + i) & 3)));
            }
            if (!isControl) {
                keptSize += count;
            }
        }
        at += count;
        remaining -= count;
    }

    /** Grows with what has come, not with what a frame says that it will bring. */
    private byte[] room(int more) {
        if (kept.length - keptSize < more) {
            kept = Arrays.copyOf(kept, Math.max(keptSize + more, Math.min(2 * kept.length, limit)));
        }
        return kept;
    }

    private void end(List<Heard> heard) {
        switch (opcode) {
            case PING -> heard.add(new Heard.Ping(control));
            case PONG -> heard.add(new Heard.Pong());
            case CLOSE -> close(heard);
            default -> {
                if (last) {
                    message(heard);
                }
            }
        }
        control = NOTHING;
    }

    private void close(List<Heard> heard) {
        over = true;
        int code = control.length == 0
                ? WebSocketFrames.NO_CODE
                : control.length == 1 ? 0 : (control[0] & 0xff) << 8 | (control[1] & 0xff);
        if (control.length > 0 && !speakable(code)) {
            violation(heard, PROTOCOL_ERROR, "a close frame with the code " + code);
        } else if (control.length > 2 && utf8(ByteBuffer.wrap(control, 2, control.length - 2)) == null) {
            violation(heard, INVALID_PAYLOAD, "a reason for closing that is not UTF-8");
        } else {
            heard.add(new Heard.Close(code));
        }
    }

    /** RFC 6455, 7.4, and what is registered since. */
    private static boolean speakable(int code) {
        return (code >= 1000 && code <= 1014 && code != 1004 && code != WebSocketFrames.NO_CODE && code != 1006)
                || (code >= 3000 && code < 5000);
    }

    private void message(List<Heard> heard) {
        if (!tooLong) {
            if (message == BINARY) {
                heard.add(new Heard.Binary());
            } else {
                text(heard);
            }
        }
        message = 0;
        tooLong = false;
        kept = NOTHING;
        keptSize = 0;
    }

    private void text(List<Heard> heard) {
        String text = utf8(ByteBuffer.wrap(kept, 0, keptSize));
        if (text == null) {
            violation(heard, INVALID_PAYLOAD, "a text that is not UTF-8");
        } else {
            heard.add(new Heard.Text(text));
        }
    }

    private static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void violation(List<Heard> heard, int code, String what) {
        over = true;
        kept = NOTHING;
        heard.add(new Heard.Violation(code, what));
    }
}
