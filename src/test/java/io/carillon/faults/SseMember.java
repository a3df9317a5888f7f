package io.carillon.faults;

import io.carillon.client.HttpDecoder;
import io.carillon.client.JsonObject;
import io.carillon.client.Requests;
import io.carillon.client.SseDecoder;
import io.carillon.client.Target;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On {@code v1/events}, with the cursor that a browser would send. */
final class SseMember extends Member implements HttpDecoder.Sink, SseDecoder.Sink {
    private HttpDecoder http = new HttpDecoder(this);
    private SseDecoder events = new SseDecoder(this);
    private @Nullable String end;

    SseMember(String name, Target target, List<String> channels, long since, @Nullable Latencies latencies) {
        super(name, target, channels, since, latencies);
    }

    @Override
    void connected(Out out) {
        http = new HttpDecoder(this);
        events = new SseDecoder(this);
        end = null;
        out.write(ByteBuffer.wrap(Requests.events(target, channels, cursor)));
    }

    @Override
    void read(ByteBuffer in, Out out) throws EndedException {
        http.feed(in);
        if (end != null) {
            throw new EndedException(end);
        }
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        if (status != 200) {
            end = "answered " + status;
        }
    }

    @Override
    public void body(ByteBuffer piece) {
        if (end == null) {
            events.feed(piece);
        } else {
            piece.position(piece.limit());
        }
    }

    @Override
    public void end() {
        if (end == null) {
            end = "the stream ended";
        }
    }

    @Override
    public void event(String id, String event, String data) {
        if (event.equals("bye")) {
            bye();
        } else if (event.equals("gap")) {
            missed(JsonObject.parse(data));
        } else if (channels.size() == 1) {
            got(channels.get(0), Long.parseLong(id), data);
        } else {
            got(JsonObject.parse(data));
        }
        if (!id.isEmpty()) {
            cursor = Long.parseLong(id);
        }
    }

    @Override
    public void comment(String text) {
        stands = true;
    }

    @Override
    public void retry(long millis) {
        retryMillis = millis;
    }
}
