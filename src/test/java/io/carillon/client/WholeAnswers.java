package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** Collects the answers of one connection and hands on each when all of it is here. One thread. */
public final class WholeAnswers implements HttpDecoder.Sink {

    /**
     * All of one answer.
     *
     * @param kept the connection may be used again
     */
    public record Answer(int status, boolean kept, String body) {}

    private final Consumer<Answer> taker;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean kept;

    public WholeAnswers(Consumer<Answer> taker) {
        this.taker = taker;
    }

    @Override
    public void head(int code, Map<String, String> headers) {
        status = code;
        kept = !"close".equalsIgnoreCase(headers.get("connection"));
    }

    @Override
    public void body(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        body.writeBytes(bytes);
    }

    @Override
    public void end() {
        String text = body.toString(StandardCharsets.UTF_8);
        body.reset();
        taker.accept(new Answer(status, kept, text));
    }
}
