package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes HTTP/1.1 responses apart as their bytes come in: length-delimited, chunked, or until the connection ends. One
 * connection, one thread.
 */
public final class HttpDecoder {

    /** Told what comes in. */
    public interface Sink {
        void head(int status, Map<String, String> headers);

        /** A piece of the body; consumed on return. */
        void body(ByteBuffer piece);

        /** The response is complete; another may follow. */
        void end();
    }

    private enum State {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        RAW
    }

    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private State state = State.HEAD;
    private int status;
    private Map<String, String> headers = new TreeMap<>();
    private long left;

    public HttpDecoder(Sink sink) {
        this.sink = sink;
    }

    /** Reads all of {@code in}, or up to the end of a 101 response: what then remains is of another protocol. */
    public void feed(ByteBuffer in) {
        while (in.hasRemaining() && state != State.RAW) {
            switch (state) {
                case HEAD -> head(in);
                case LENGTH, CHUNK -> counted(in);
                case CHUNK_SIZE -> chunkSize(in);
                case CHUNK_END -> {
                    if (readLine(in) != null) {
                        state = State.CHUNK_SIZE;
                    }
                }
                case TRAILER -> {
                    String trailer = readLine(in);
                    if (trailer != null && trailer.isEmpty()) {
                        ended();
                    }
                }
                case UNTIL_CLOSE -> sink.body(in);
                case RAW -> throw new AssertionError();
            }
        }
    }

    /** True after a 101: the bytes are no longer HTTP. */
    public boolean upgraded() {
        return state == State.RAW;
    }

    private void head(ByteBuffer in) {
        String text = readLine(in);
        if (text == null) {
            return;
        }
        if (status == 0) {
            if (!text.startsWith("HTTP/1.1 ")) {
                throw new IllegalStateException("not an HTTP/1.1 response: " + text);
            }
            status = Integer.parseInt(text.substring(9, 12));
        } else if (!text.isEmpty()) {
            int colon = text.indexOf(':');
            headers.put(
                    text.substring(0, colon).toLowerCase(Locale.ROOT),
                    text.substring(colon + 1).trim());
        } else {
            begin();
        }
    }

    private void begin() {
        sink.head(status, headers);
        String length = headers.get("content-length");
        if (status == 101) {
            state = State.RAW;
        } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            state = State.CHUNK_SIZE;
        } else if (status == 204 || status == 304) {
            ended();
        } else if (length == null) {
            state = State.UNTIL_CLOSE;
        } else {
            left = Long.parseLong(length);
            state = State.LENGTH;
            if (left == 0) {
                ended();
            }
        }
    }

    private void chunkSize(ByteBuffer in) {
        String text = readLine(in);
        if (text != null) {
            left = Long.parseLong(text.split(";", 2)[0].trim(), 16);
            state = left == 0 ? State.TRAILER : State.CHUNK;
        }
    }

    private void counted(ByteBuffer in) {
        int n = (int) Math.min(left, in.remaining());
        ByteBuffer piece = in.slice(in.position(), n);
        in.position(in.position() + n);
        left -= n;
        sink.body(piece);
        if (left == 0) {
            if (state == State.CHUNK) {
                state = State.CHUNK_END;
            } else {
                ended();
            }
        }
    }

    private void ended() {
        state = State.HEAD;
        status = 0;
        headers = new TreeMap<>();
        sink.end();
    }

    /** A line without its end; null until it is complete. */
    private String readLine(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                line.reset();
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(b);
        }
        return null;
    }
}
