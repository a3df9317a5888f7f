package io.carillon.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A second opinion on what we write: an event stream, interpreted word for word as the WHATWG standard (9.2.6) says. */
final class EventStream {
    record Event(String lastEventId, String type, String data) {}

    final List<Event> events = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    long retry = -1;

    private String lastEventId = "";
    private String type = "";
    private final StringBuilder data = new StringBuilder();

    static EventStream parse(byte[] bytes) {
        EventStream stream = new EventStream();
        // "Lines must be separated by either CRLF, LF or CR"; what follows the last end of line is no line
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            stream.line(lines[i]);
        }
        return stream;
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.add(line.substring(1));
        } else if (colon > 0) {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        } else {
            field(line, "");
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
            case "retry" -> retry = value.matches("[0-9]+") ? Long.parseLong(value) : retry;
            default -> {}
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.add(new Event(lastEventId, type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        type = "";
    }
}
