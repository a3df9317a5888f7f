package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link MassClient} that always has one poll at the hub, all on one kept connection. */
final class PollLine extends Line implements HttpDecoder.Sink {
    private static final int HELD_SECONDS = 50;

    private final HttpDecoder http = new HttpDecoder(this);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Target target;
    private final List<String> channels;
    private @Nullable Long cursor;
    private int status;
    private boolean kept;
    private boolean answered;

    PollLine(CountDownLatch allStand, Target target, List<String> channels, @Nullable Long cursor) {
        super(allStand);
        this.target = target;
        this.channels = channels;
        this.cursor = cursor;
    }

    @Override
    void connected(Out out) {
        out.write(ByteBuffer.wrap(Requests.poll(target, channels, cursor, HELD_SECONDS)));
        stands();
    }

    @Override
    void read(ByteBuffer in, Out out) {
        http.feed(in);
        if (answered) {
            answered = false;
            if (kept && end == null) {
                connected(out);
            }
        }
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
        if (status != 200) {
            ended("answered " + status + " " + text);
            return;
        }
        JsonObject json = JsonObject.parse(text);
        for (JsonObject message : json.objects("messages")) {
            ids.add(message.number("id"));
        }
        if (json.has("gaps")) {
            gaps.addAndGet(JsonObject.elements(json.raw("gaps")).size());
        }
        cursor = json.number("cursor");
        answered = true;
        if (!kept) {
            ended("the connection was not kept");
        }
    }
}
