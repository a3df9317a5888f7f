package io.carillon.faults;

import io.carillon.client.HttpDecoder;
import io.carillon.client.JsonObject;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On {@code v1/poll}: always has one poll at the hub, on a kept connection. */
final class PollMember extends Member implements HttpDecoder.Sink {
    private static final int HELD_SECONDS = 8;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpDecoder http = new HttpDecoder(this);
    private int status;
    private boolean kept;
    private boolean answered;
    private @Nullable String end;

    PollMember(String name, Target target, List<String> channels, long since, @Nullable Latencies latencies) {
        super(name, target, channels, since, latencies);
    }

    @Override
    void connected(Out out) {
        http = new HttpDecoder(this);
        body.reset();
        end = null;
        answered = false;
        ask(out);
        stands = true;
    }

    private void ask(Out out) {
        out.write(ByteBuffer.wrap(Requests.poll(target, channels, cursor, HELD_SECONDS)));
    }

    @Override
    void read(ByteBuffer in, Out out) throws EndedException {
        http.feed(in);
        if (end != null) {
            throw new EndedException(end);
        }
        if (answered) {
            answered = false;
            ask(out);
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

    /** An answer counts when all of it is here. */
    @Override
    public void end() {
        String text = body.toString(StandardCharsets.UTF_8);
        body.reset();
        if (status != 200) {
            end = "answered " + status;
            return;
        }
        JsonObject json = JsonObject.parse(text);
        if (json.has("gaps")) {
            json.objects("gaps").forEach(this::missed);
        }
        json.objects("messages").forEach(this::got);
        cursor = json.number("cursor");
        answered = true;
        if (json.text("status").equals("bye")) {
            bye();
            end = "bye";
        } else if (!kept) {
            end = "the connection was not kept";
        }
    }
}
