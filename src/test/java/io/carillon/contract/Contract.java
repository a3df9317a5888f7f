package io.carillon.contract;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What each promise asks of the class that runs it. */
interface Contract {
    AtomicLong CHANNELS = new AtomicLong(System.currentTimeMillis());

    /** The transport that is tried. */
    Wire wire();

    /** The hub that is tried. */
    Target target();

    default Publisher publisher() {
        return new Publisher(target());
    }

    /** A channel that nobody has used. */
    default String freshChannel() {
        return "test-" + Long.toString(CHANNELS.incrementAndGet(), Character.MAX_RADIX);
    }

    default Subscriber connect(Wire wire, List<String> channels, @Nullable Long cursor) {
        return wire.subscriber(target()).connect(channels, cursor);
    }

    default Subscriber connect(List<String> channels, @Nullable Long cursor) {
        return connect(wire(), channels, cursor);
    }

    /** How many connections the hub sees on a channel. */
    default long present(String channel) {
        return presence(channel).number("count");
    }

    default JsonObject presence(String channel) {
        return publisher().get("v1/channels/" + channel + "/presence").json();
    }
}
