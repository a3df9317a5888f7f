package io.carillon.faults;

import io.carillon.client.JsonObject;
import io.carillon.client.SseDecoder;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Outlet;
import io.carillon.core.Transport;
import io.carillon.protocol.SseEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscriber within the hub's process: an SSE client without a network. Goes on with its cursor in each new hub. */
final class Ear implements Outlet, SseDecoder.Sink {
    final Trail trail;
    volatile long cursor;
    private final String channel;
    private SseDecoder events = new SseDecoder(this);
    private @Nullable Completion connection;

    Ear(String name, String channel, long since) {
        this.trail = new Trail(name, List.of(channel), since);
        this.channel = channel;
        this.cursor = since;
    }

    void listenTo(Hub hub) {
        if (connection != null) {
            trail.broken();
        }
        events = new SseDecoder(this);
        Client client = new Client(Transport.SSE, null, "");
        Opening opening = new Opening(client, List.of(new ChannelPattern(channel)), cursor, null);
        connection = hub.open(opening, this, Opening.Answers.NONE);
    }

    // ---- the hub's way to write ----

    @Override
    public Encoder encoder() {
        return SseEncoder.ENVELOPE;
    }

    @Override
    public boolean write(Frame frame, Completion completion) {
        events.feed(ByteBuffer.wrap(((Frame.Bytes) frame).bytes()));
        return true;
    }

    @Override
    public void finish(CloseReason reason, long at, Completion completion) {
        completion.finished();
    }

    @Override
    public void abort(CloseReason reason) {}

    // ---- what it hears ----

    @Override
    public void event(String id, String event, String data) {
        JsonObject json = JsonObject.parse(data);
        if (event.equals("gap")) {
            trail.gap(json.text("channel"), json.number("from"), json.number("to"));
            cursor = json.number("to");
        } else {
            Payload payload = Payload.parse(json.text("channel"), json.raw("data"));
            trail.delivered(
                    json.text("channel"), json.number("id"), payload == null ? Trail.FOREIGN : payload.number());
            cursor = json.number("id");
        }
    }

    @Override
    public void comment(String text) {}

    @Override
    public void retry(long millis) {}
}
