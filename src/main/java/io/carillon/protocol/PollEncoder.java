package io.carillon.protocol;

import io.carillon.core.CloseReason;
import io.carillon.core.Delivery;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import org.jspecify.annotations.Nullable;

/** The whole body of a long-poll's answer. */
public final class PollEncoder implements Encoder {
    public static final PollEncoder INSTANCE = new PollEncoder();

    private PollEncoder() {}

    @Override
    public Frame encode(Delivery delivery) {
        WireWriter to =
                new WireWriter(64 + delivery.gaps().size() * 128 + PublicationJson.room(delivery.publications()));
        to.ascii("{\"status\":\"ok\",\"cursor\":").number(delivery.cursor()).ascii(",\"messages\":");
        PublicationJson.writeAll(to, delivery.publications());
        to.ascii(",\"gaps\":");
        PublicationJson.writeGaps(to, delivery.gaps());
        to.ascii('}');
        return to.bytes(delivery.cursor(), delivery.publications().size());
    }

    @Override
    public int maxPublications() {
        return 512;
    }

    @Override
    public int maxBytes() {
        return 64 << 10;
    }

    /** A held request is silent until it is answered. */
    @Override
    public @Nullable Frame heartbeat() {
        return null;
    }

    /** The answer when nothing came in time. */
    public static Frame.Bytes timeout(long cursor) {
        return empty("timeout", cursor).ascii('}').bytes(0, 0);
    }

    /** The answer to a poll that the hub ends before its time: what a {@code bye} says, and the cursor to go on with. */
    public static Frame.Bytes bye(CloseReason reason, long cursor) {
        WireWriter to = empty("bye", cursor).ascii(',');
        ServerMessages.writeReason(to, reason);
        return to.ascii('}').bytes(0, 0);
    }

    private static WireWriter empty(String status, long cursor) {
        return new WireWriter(256)
                .ascii("{\"status\":\"")
                .ascii(status)
                .ascii("\",\"cursor\":")
                .number(cursor)
                .ascii(",\"messages\":[],\"gaps\":[]");
    }
}
