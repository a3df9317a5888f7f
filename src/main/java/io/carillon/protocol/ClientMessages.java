package io.carillon.protocol;

import io.carillon.core.ChannelPattern;
import io.carillon.core.InvalidNameException;
import io.carillon.core.Quote;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what clients say on a WebSocket. Members that are not known are passed over; unknown types are an error. */
public final class ClientMessages {
    /** Bytes in the longest {@code ref}. */
    public static final int MAX_REF_LENGTH = 128;

    private static final String[] CHAT = {"user", "message", "timestamp"};

    private ClientMessages() {}

    /**
     * Reads one message; its size has been limited by the caller.
     *
     * @throws InvalidMessageException to be answered with {@link ServerMessages#error}
     */
    public static ClientMessage parse(String text) {
        String ref = null;
        try {
            RawObject message = RawObject.parse(text.getBytes(StandardCharsets.UTF_8));
            ref = ref(message);
            return read(message, ref);
        } catch (InvalidNameException e) {
            throw new InvalidMessageException(ErrorCode.INVALID_CHANNEL, String.valueOf(e.getMessage()), ref);
        } catch (ProtocolException e) {
            throw new InvalidMessageException(e.code(), String.valueOf(e.getMessage()), ref);
        }
    }

    private static ClientMessage read(RawObject message, @Nullable String ref) {
        String type = message.text("type");
        if (type == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "member \"type\" is missing; " + knownTypes());
        }
        return switch (type) {
            case "subscribe" ->
                new ClientMessage.Subscribe(pattern(message), Cursors.parse(message.textOrNumber("since")), ref);
            case "unsubscribe" -> new ClientMessage.Unsubscribe(pattern(message), ref);
            case "publish" ->
                new ClientMessage.Publish(
                        Submissions.of(
                                Channels.toPublishTo(message.text("channel")),
                                message.text("event"),
                                message.raw("data"),
                                message.integer("ttl"),
                                message.text("key"),
                                message.flag("ephemeral")),
                        ref);
            case "ping" -> new ClientMessage.Ping(ref);
            case "pong" -> new ClientMessage.Pong(ref);
            case "presence" -> new ClientMessage.Presence(Channels.toRead(message.text("channel")), ref);
            case "auth" -> auth(message, ref);
            case "chat" -> chat(message, ref);
            default ->
                throw new ProtocolException(
                        ErrorCode.UNKNOWN_TYPE, "type " + Quote.of(type) + " is not known; " + knownTypes());
        };
    }

    private static String knownTypes() {
        return "the types are subscribe, unsubscribe, publish, ping, pong, presence, auth and chat";
    }

    private static ClientMessage auth(RawObject message, @Nullable String ref) {
        String token = message.text("token");
        if (token == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "member \"token\" is missing");
        }
        return new ClientMessage.Auth(token, ref);
    }

    private static ChannelPattern pattern(RawObject message) {
        String channel = message.text("channel");
        if (channel == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "member \"channel\" is missing");
        }
        return new ChannelPattern(channel);
    }

    /** Keeps the dialect's own members, with the values as they came, and nothing else. */
    private static ClientMessage chat(RawObject message, @Nullable String ref) {
        WireWriter data = new WireWriter(128).ascii("{\"type\":\"chat\"");
        for (String member : CHAT) {
            byte[] value = message.raw(member);
            if (value != null) {
                data.ascii(",\"").ascii(member).ascii("\":").raw(value);
            }
        }
        String channel = message.text("channel");
        return new ClientMessage.Chat(
                channel == null ? null : Channels.toPublishTo(channel),
                data.ascii('}').toBytes(),
                ref);
    }

    private static @Nullable String ref(RawObject message) {
        if (message.textOrNumber("ref") == null) {
            return null;
        }
        byte[] ref = message.raw("ref");
        if (ref == null) {
            return null;
        }
        if (ref.length > MAX_REF_LENGTH) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "member \"ref\" has " + ref.length + " bytes; the limit is " + MAX_REF_LENGTH);
        }
        return new String(ref, StandardCharsets.UTF_8);
    }
}
