package io.carillon.remote;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as the WHATWG standard has them. Used by one thread. */
final class EventStream implements Closeable {
    /** @param data null for what is no event, but carries an id or a time to come back */
    record Event(String name, @Nullable String data) {}

    private final BufferedReader lines;
    private String lastId = "";
    private long retryMillis = -1;

    EventStream(InputStream bytes) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /** The last id so far; empty without one. */
    String lastId() {
        return lastId;
    }

    /** When the server wants us back; -1 when it has not said so. */
    long retryMillis() {
        return retryMillis;
    }

    /** Blocks for the next event; null at the end of the stream. An event that the end has cut is none. */
    @Nullable
    Event next() throws IOException {
        String name = "message";
        StringBuilder data = null;
        boolean something = false;
        for (String line; (line = lines.readLine()) != null; ) {
            if (line.isEmpty()) {
                if (something) {
                    return new Event(name, data == null ? null : data.toString());
                }
                continue;
            }
            int colon = line.indexOf(':');
            if (colon == 0) {
                continue; // a comment, such as the heartbeat
            }
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            something = true;
            switch (field) {
                case "event" -> name = value;
                case "data" ->
                    data = data == null
                            ? new StringBuilder(value)
                            : data.append('\n').append(value);
                case "id" -> lastId = value;
                case "retry" -> retryMillis = value.matches("\\d{1,9}") ? Long.parseLong(value) : retryMillis;
                default -> {
                    // One of tomorrow.
                }
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
