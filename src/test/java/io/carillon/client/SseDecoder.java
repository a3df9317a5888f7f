package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes an event stream apart as the HTML standard's "event stream interpretation" says. One stream, one thread. */
public final class SseDecoder {

    /** Told what comes in. */
    public interface Sink {
        /** An event; {@code id} is the last that was set, as the standard has it, or empty. */
        void event(String id, String event, String data);

        void comment(String text);

        void retry(long millis);
    }

    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder data = new StringBuilder();
    private boolean afterReturn;
    private boolean hasData;
    private String event = "";
    private String lastId = "";

    public SseDecoder(Sink sink) {
        this.sink = sink;
    }

    public void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\n' && afterReturn) {
                afterReturn = false;
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                line(text);
            } else {
                afterReturn = false;
                line.write(b);
            }
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            sink.comment(text.substring(1));
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (field) {
            case "id" -> lastId = value;
            case "event" -> event = value;
            case "data" -> {
                if (hasData) {
                    data.append('\n');
                }
                data.append(value);
                hasData = true;
            }
            case "retry" -> sink.retry(Long.parseLong(value));
            default -> throw new IllegalStateException("no field of an event stream: " + text);
        }
    }

    private void dispatch() {
        if (hasData) {
            sink.event(lastId, event.isEmpty() ? "message" : event, data.toString());
        }
        data.setLength(0);
        hasData = false;
        event = "";
    }
}
