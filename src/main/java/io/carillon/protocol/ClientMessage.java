package io.carillon.protocol;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.NewPublication;
import org.jspecify.annotations.Nullable;

/** What a client may say on a WebSocket. Read by {@link ClientMessages}. */
public sealed interface ClientMessage {

    /** Raw JSON, a string or a number, that goes into the answer; null when the client wants none. */
    @Nullable
    String ref();

    /**
     * Adds a channel or pattern to what the client receives.
     *
     * @param since 0 is all that is retained, null is from now
     */
    record Subscribe(
            ChannelPattern channel,
            @Nullable Long since,
            @Nullable String ref) implements ClientMessage {}

    record Unsubscribe(ChannelPattern channel, @Nullable String ref) implements ClientMessage {}

    record Publish(NewPublication publication, @Nullable String ref) implements ClientMessage {}

    /** The client wants to know that we are here. */
    record Ping(@Nullable String ref) implements ClientMessage {}

    /** The answer to our ping. */
    record Pong(@Nullable String ref) implements ClientMessage {}

    /** Who the client is, or that he still is. */
    record Auth(String token, @Nullable String ref) implements ClientMessage {
        /** Never the token. */
        @Override
        public String toString() {
            return "Auth";
        }
    }

    record Presence(ChannelName channel, @Nullable String ref) implements ClientMessage {}

    /**
     * The plain chat dialect.
     *
     * @param channel null is the client's own channel
     * @param data exactly the object that is broadcast; its event is {@link #EVENT}
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record Chat(
            @Nullable ChannelName channel,
            byte[] data,
            @Nullable String ref) implements ClientMessage {
        public static final String EVENT = ChatDialect.EVENT;
    }
}
