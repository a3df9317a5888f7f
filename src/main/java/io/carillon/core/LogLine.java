package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * A line for the server's log that people read and programs find: {@code event=journal.full path=/data: the journal has ...}.
 * The names of events and of their values are a promise (docs/monitoring.md), the sentence is not.
 *
 * <p>A value that comes from outside cannot forge a line: it is quoted and escaped unless it is one plain word.
 */
public final class LogLine {
    private static final int MOST = 200;

    private final StringBuilder line;

    private LogLine(String event) {
        line = new StringBuilder("event=").append(event);
    }

    public static LogLine of(String event) {
        return new LogLine(event);
    }

    /** One more value; of a long one only the beginning. */
    public LogLine with(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        line.append(' ').append(name).append('=');
        if (!text.isEmpty() && text.length() <= MOST && text.chars().allMatch(LogLine::plain)) {
            line.append(text);
        } else {
            quote(text.length() > MOST ? text.substring(0, MOST) : text);
        }
        return this;
    }

    private static boolean plain(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\';
    }

    private void quote(String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /** The whole line, with a sentence for people at its end. */
    public String say(String sentence) {
        return line.append(": ").append(sentence).toString();
    }

    /** The line without a sentence. */
    @Override
    public String toString() {
        return line.toString();
    }
}
