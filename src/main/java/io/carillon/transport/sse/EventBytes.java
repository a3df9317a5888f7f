package io.carillon.transport.sse;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a standard event (HTML, 9.2.6 "Interpreting an event stream"). No part can smuggle in another line. */
final class EventBytes {
    private EventBytes() {}

    /** @throws IllegalArgumentException for data that is neither text, bytes, number nor boolean, or a name or id of two lines */
    static byte[] of(OutboundSseEvent event) {
        StringBuilder text = new StringBuilder(128);
        lines(text, ": ", event.getComment());
        line(text, "id: ", event.getId());
        line(text, "event: ", event.getName());
        if (event.getReconnectDelay() != SseEvent.RECONNECT_NOT_SET) {
            text.append("retry: ").append(event.getReconnectDelay()).append('\n');
        }
        lines(text, "data: ", data(event.getData()));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The text of an event's data, or null when it has none. */
    static @Nullable String data(@Nullable Object data) {
        if (data == null || data instanceof String) {
            return (String) data;
        }
        if (data instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (data instanceof Number || data instanceof Boolean) {
            return data.toString();
        }
        throw new IllegalArgumentException("data is a " + data.getClass().getName()
                + "; this sink takes a String or byte[] that is encoded already, a number or a boolean");
    }

    private static void lines(StringBuilder to, String prefix, @Nullable String text) {
        if (text != null) {
            for (String line : text.split("\r\n|\r|\n", -1)) {
                to.append(prefix).append(line).append('\n');
            }
        }
    }

    private static void line(StringBuilder to, String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(
                        field.trim() + " has a line break or NUL at position " + i + "; it must be one line");
            }
        }
        to.append(field).append(value).append('\n');
    }
}
