package io.carillon.protocol;

import io.carillon.core.CloseReason;
import io.carillon.core.Delivery;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Gap;
import io.carillon.core.Publication;

/**
 * Server-sent events, as the WHATWG standard has them. A line break inside the data, which in JSON is only white space,
 * ends one {@code data:} line and begins the next: the client reads it as LF.
 */
public final class SseEncoder implements Encoder {
    /** For a client of one channel: its data is the publication's data. */
    public static final SseEncoder PLAIN = new SseEncoder(false);
    /** For a client of several channels: its data is an object that names the channel. */
    public static final SseEncoder ENVELOPE = new SseEncoder(true);

    /** The event of a gap, which no publication can have. */
    public static final String GAP = "gap";

    /** The event with which the hub ends a stream, which no publication can have either. */
    public static final String BYE = "bye";

    private static final Frame BEAT = comment("beat");

    private final boolean envelope;

    private SseEncoder(boolean envelope) {
        this.envelope = envelope;
    }

    @Override
    public Frame encode(Delivery delivery) {
        WireWriter to = new WireWriter(delivery.gaps().size() * 128 + PublicationJson.room(delivery.publications()));
        for (Gap gap : delivery.gaps()) {
            if (delivery.gapCursor() != 0) {
                to.ascii("id: ").number(delivery.gapCursor()).ascii('\n');
            }
            to.ascii("event: gap\ndata: {");
            PublicationJson.gap(to, gap);
            to.ascii("\n\n");
        }
        long lastId = 0;
        for (Publication publication : delivery.publications()) {
            event(to, publication);
            lastId = publication.id();
        }
        return to.bytes(lastId, delivery.publications().size());
    }

    private void event(WireWriter to, Publication publication) {
        to.ascii("id: ").number(publication.id());
        if (!publication.event().equals(Publication.DEFAULT_EVENT)) {
            to.ascii("\nevent: ").text(publication.event());
        }
        to.ascii("\ndata: ");
        if (envelope) {
            to.ascii('{');
            PublicationJson.head(to, publication);
            lines(to, publication.data());
            PublicationJson.tail(to, publication);
        } else {
            lines(to, publication.data());
        }
        to.ascii("\n\n");
    }

    /** One {@code data:} line for each line; the first one has been begun. */
    private static void lines(WireWriter to, byte[] data) {
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            byte b = data[i];
            if (b == '\n' || b == '\r') {
                to.raw(data, from, i).ascii("\ndata: ");
                if (b == '\r' && i + 1 < data.length && data[i + 1] == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        to.raw(data, from, data.length);
    }

    @Override
    public int maxPublications() {
        return 512;
    }

    @Override
    public int maxBytes() {
        return 32 << 10;
    }

    /** A comment, which the client's parser passes over. */
    @Override
    public Frame heartbeat() {
        return BEAT;
    }

    /** The last words: why the stream ends, and when to come back, if at all. */
    public static Frame.Bytes bye(CloseReason reason, long retryMillis) {
        WireWriter to = new WireWriter(160);
        if (reason.reconnect()) {
            to.ascii("retry: ").number(retryMillis).ascii('\n');
        }
        to.ascii("event: ").ascii(BYE).ascii("\ndata: {");
        ServerMessages.writeReason(to, reason);
        return to.ascii("}\n\n").bytes(0, 0);
    }

    /** A comment line; {@code text} is ASCII without a line break. */
    public static Frame.Bytes comment(String text) {
        return new WireWriter(16).ascii(": ").ascii(text).ascii("\n\n").bytes(0, 0);
    }

    /** Tells the client how long to wait before it comes back. */
    public static Frame.Bytes retry(long millis) {
        return new WireWriter(32).ascii("retry: ").number(millis).ascii("\n\n").bytes(0, 0);
    }

    /** The same, and where it stands: an id without data is no event, but the browser sends it when it comes back. */
    public static Frame.Bytes retry(long millis, long cursor) {
        return new WireWriter(64)
                .ascii("retry: ")
                .number(millis)
                .ascii("\nid: ")
                .number(cursor)
                .ascii("\n\n")
                .bytes(0, 0);
    }
}
