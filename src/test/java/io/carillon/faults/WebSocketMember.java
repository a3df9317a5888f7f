package io.carillon.faults;

import io.carillon.client.FrameDecoder;
import io.carillon.client.FrameEncoder;
import io.carillon.client.HttpDecoder;
import io.carillon.client.JsonObject;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On {@code v1/ws}. */
final class WebSocketMember extends Member implements HttpDecoder.Sink, FrameDecoder.Sink {
    /** RFC 6455, 7.4.1. */
    private static final int GOING_AWAY = 1001;

    private HttpDecoder http = new HttpDecoder(this);
    private FrameDecoder frames = new FrameDecoder(this);
    private int subscribed;
    private @Nullable Out out;
    private @Nullable String end;

    WebSocketMember(String name, Target target, List<String> channels, long since, @Nullable Latencies latencies) {
        super(name, target, channels, since, latencies);
    }

    @Override
    void connected(Out to) {
        http = new HttpDecoder(this);
        frames = new FrameDecoder(this);
        subscribed = 0;
        out = to;
        end = null;
        to.write(ByteBuffer.wrap(Requests.webSocket(target, channels, cursor)));
    }

    @Override
    void read(ByteBuffer in, Out to) throws EndedException {
        http.feed(in);
        if (http.upgraded()) {
            frames.feed(in);
        }
        if (end != null) {
            throw new EndedException(end);
        }
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        if (status != 101) {
            end = "handshake answered " + status;
        }
    }

    @Override
    public void body(ByteBuffer piece) {
        piece.position(piece.limit());
    }

    @Override
    public void end() {}

    @Override
    public void text(String message) {
        JsonObject json = JsonObject.parse(message);
        switch (json.text("type")) {
            case "message" -> {
                got(json);
                cursor = json.number("id");
            }
            case "gap" -> missed(json);
            case "subscribed" -> {
                subscribed++;
                stands = subscribed == channels.size();
            }
            case "ping" -> out.write(FrameEncoder.text("{\"type\":\"pong\"}"));
            case "bye" -> bye();
            case "error" -> end = message;
            default -> {}
        }
    }

    @Override
    public void ping(byte[] payload) {
        out.write(FrameEncoder.frame(FrameEncoder.PONG, payload));
    }

    @Override
    public void close(int code, String reason) {
        if (code == GOING_AWAY) { // WildFly says so on a signal before the hub can say bye: ADR 7
            bye();
        }
        end = "closed with " + code + " " + reason;
    }
}
