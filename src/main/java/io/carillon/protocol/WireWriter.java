package io.carillon.protocol;

import io.carillon.core.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds UTF-8 in one growing array: the only place where JSON is written and strings are quoted. Made for one frame,
 * by one thread.
 */
public final class WireWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] LONG_MIN = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int size;

    /** @param expected bytes; a good guess saves a copy */
    public WireWriter(int expected) {
        buffer = new byte[Math.max(16, expected)];
    }

    /** Text that is known to be ASCII and goes out as it is: syntax, channel names. */
    @SuppressWarnings("deprecation") // it drops the high byte, which ASCII has not, and is a plain copy of the array
    public WireWriter ascii(String text) {
        int length = text.length();
        reserve(length);
        text.getBytes(0, length, buffer, size);
        size += length;
        return this;
    }

    public WireWriter ascii(char c) {
        reserve(1);
        buffer[size++] = (byte) c;
        return this;
    }

    /** Bytes that are UTF-8 already, such as a publication's data. */
    public WireWriter raw(byte[] utf8) {
        return raw(utf8, 0, utf8.length);
    }

    WireWriter raw(byte[] utf8, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(utf8, from, buffer, size, length);
        size += length;
        return this;
    }

    /** Any text as it is, not quoted. Half a surrogate pair becomes U+FFFD. */
    WireWriter text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else {
                i = notAscii(text, i);
            }
        }
        return this;
    }

    public WireWriter number(long value) {
        if (value == Long.MIN_VALUE) {
            return raw(LONG_MIN);
        }
        reserve(20);
        long rest = value;
        if (rest < 0) {
            buffer[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long most = 10; digits < 19 && rest >= most; most *= 10) {
            digits++;
        }
        int at = size + digits;
        size = at;
        do {
            long quotient = rest / 10;
            buffer[--at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        } while (rest != 0);
        return this;
    }

    public WireWriter bool(boolean value) {
        return ascii(value ? "true" : "false");
    }

    /** A JSON array. */
    public <T> WireWriter array(Iterable<T> items, BiConsumer<WireWriter, T> one) {
        char before = '[';
        for (T item : items) {
            ascii(before);
            one.accept(this, item);
            before = ',';
        }
        return ascii(before == '[' ? "[]" : "]");
    }

    /** A JSON string, or {@code null}. */
    public WireWriter stringOrNull(@Nullable String text) {
        return text == null ? ascii("null") : string(text);
    }

    /** A JSON string: quoted, and escaped where JSON demands it. Half a surrogate pair becomes U+FFFD. */
    public WireWriter string(String text) {
        int length = text.length();
        reserve(length + 2);
        buffer[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = notAscii(text, i);
            } else if (c < ' ') {
                control(c);
            } else {
                reserve(2);
                if (c == '"' || c == '\\') {
                    buffer[size++] = '\\';
                }
                buffer[size++] = (byte) c;
            }
        }
        return ascii('"');
    }

    private void control(char c) {
        switch (c) {
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            default -> {
                ascii(c < 0x10 ? "\\u000" : "\\u001");
                ascii((char) HEX[c & 15]);
            }
        }
    }

    /** Writes the character at {@code at}; returns the index of its last half. */
    private int notAscii(String text, int at) {
        int code = text.codePointAt(at);
        int last = at + Character.charCount(code) - 1;
        if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            code = 0xfffd;
        }
        reserve(4);
        if (code < 0x800) {
            buffer[size++] = (byte) (0xc0 | (code >> 6));
        } else {
            if (code < 0x10000) {
                buffer[size++] = (byte) (0xe0 | (code >> 12));
            } else {
                buffer[size++] = (byte) (0xf0 | (code >> 18));
                buffer[size++] = (byte) (0x80 | ((code >> 12) & 0x3f));
            }
            buffer[size++] = (byte) (0x80 | ((code >> 6) & 0x3f));
        }
        buffer[size++] = (byte) (0x80 | (code & 0x3f));
        return last;
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length + (buffer.length >> 1)));
        }
    }

    int size() {
        return size;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(buffer, 0, target, at, size);
    }

    public byte[] toBytes() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }

    /** All of it as text; a plain copy when all is ASCII. */
    @Override
    public String toString() {
        return new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    Frame.Bytes bytes(long lastId, int publications) {
        return new Frame.Bytes(toBytes(), lastId, publications);
    }

    Frame.Text text(long lastId, int publications) {
        return new Frame.Text(toString(), lastId, publications);
    }
}
