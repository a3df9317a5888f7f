package io.carillon.protocol;

import io.carillon.core.Delivery;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Gap;
import io.carillon.core.Publication;

/**
 * WebSocket text frames of JSON. Chat messages go out in the plain dialect, see {@link ChatDialect}.
 */
public final class WebSocketEncoder implements Encoder {
    /** One object in each frame: for every client that did not ask for batches. */
    public static final WebSocketEncoder SINGLE = new WebSocketEncoder(1, false);
    /** One object, or an array of two and more: {@code ?batch=1} or the subprotocol {@code carillon.batch}. */
    public static final WebSocketEncoder BATCH = new WebSocketEncoder(512, false);

    /** The same two as {@link WebSocketFrames}, for sockets that the hub itself keeps: encoded once for all of them. */
    public static final WebSocketEncoder FRAMED_SINGLE = new WebSocketEncoder(1, true);

    public static final WebSocketEncoder FRAMED_BATCH = new WebSocketEncoder(512, true);

    private static final String PING = "{\"type\":\"ping\"}";

    private final int maxPublications;
    private final boolean framed;
    private final Frame heartbeat;

    private WebSocketEncoder(int maxPublications, boolean framed) {
        this.maxPublications = maxPublications;
        this.framed = framed;
        this.heartbeat = framed
                ? new Frame.Bytes(WebSocketFrames.join(WebSocketFrames.text(PING), WebSocketFrames.ping()))
                : new Frame.Text(PING);
    }

    @Override
    public Frame encode(Delivery delivery) {
        int count = delivery.publications().size();
        boolean array = delivery.gaps().size() + count > 1;
        WireWriter to = new WireWriter(delivery.gaps().size() * 128 + PublicationJson.room(delivery.publications()));
        boolean first = true;
        for (Gap gap : delivery.gaps()) {
            separate(to, array, first);
            gap(to, gap);
            first = false;
        }
        long lastId = 0;
        for (Publication publication : delivery.publications()) {
            separate(to, array, first);
            if (ChatDialect.speaks(publication)) {
                ChatDialect.write(to, publication);
            } else {
                PublicationJson.message(to, publication);
            }
            first = false;
            lastId = publication.id();
        }
        if (array) {
            to.ascii(']');
        }
        return frame(to, lastId, count);
    }

    @Override
    public Frame encodeGap(Gap gap) {
        WireWriter to = new WireWriter(128);
        gap(to, gap);
        return frame(to, 0, 0);
    }

    private Frame frame(WireWriter to, long lastId, int count) {
        return framed ? new Frame.Bytes(WebSocketFrames.text(to), lastId, count) : to.text(lastId, count);
    }

    private static void gap(WireWriter to, Gap gap) {
        to.ascii("{\"type\":\"gap\",");
        PublicationJson.gap(to, gap);
    }

    private static void separate(WireWriter to, boolean array, boolean first) {
        if (array) {
            to.ascii(first ? '[' : ',');
        }
    }

    @Override
    public int maxPublications() {
        return maxPublications;
    }

    @Override
    public int maxBytes() {
        return 32 << 10;
    }

    /** A ping of the protocol, which pages see; the framed form has a ping frame behind it, which browsers answer by themselves. */
    @Override
    public Frame heartbeat() {
        return heartbeat;
    }
}
