package io.carillon.protocol;

import io.carillon.core.ChannelName;
import io.carillon.core.InvalidNameException;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.core.Quote;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a publisher may send: the same rules for HTTP and WebSocket. */
public final class Submissions {
    /** A century: beyond it, leave the TTL out. */
    public static final long MAX_TTL_SECONDS = 3_155_760_000L;

    private Submissions() {}

    /**
     * A publication by these rules, ready for the hub.
     *
     * @param channel has been allowed by {@link Channels#toPublishTo}
     * @param event null is {@link Publication#DEFAULT_EVENT}
     * @param data JSON that has been checked
     * @param ttlSeconds 0 is no end; null is what its channel says, which is no end by default
     * @param ephemeral only for who is there now
     * @throws ProtocolException with what is wrong and what is allowed
     */
    public static NewPublication of(
            ChannelName channel,
            @Nullable String event,
            byte @Nullable [] data,
            @Nullable Long ttlSeconds,
            @Nullable String key,
            boolean ephemeral) {
        if (data == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "data is missing; send any JSON value");
        }
        if (ttlSeconds != null && (ttlSeconds < 0 || ttlSeconds > MAX_TTL_SECONDS)) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "ttl is " + ttlSeconds + " s; 0 to " + MAX_TTL_SECONDS + " are allowed");
        }
        Duration ttl = ttlSeconds == null ? null : Duration.ofSeconds(ttlSeconds);
        try {
            return new NewPublication(channel, event(event), data, ttl, key, ephemeral);
        } catch (InvalidNameException e) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses data that is larger than one publication may carry.
     *
     * @throws ProtocolException with the limit
     */
    public static void checkSize(byte[] data, long limit) {
        if (data.length > limit) {
            throw ProtocolException.tooLarge("data is " + data.length + " bytes; the limit is " + limit, limit);
        }
    }

    private static String event(@Nullable String event) {
        if (event == null) {
            return Publication.DEFAULT_EVENT;
        }
        if (event.equals(SseEncoder.GAP) || event.equals(SseEncoder.BYE)) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "event \"" + event + "\" is the hub's own: it tells clients "
                            + (event.equals(SseEncoder.GAP) ? "what they have missed" : "that it goes"));
        }
        int half = loneSurrogate(event);
        if (half >= 0) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "event " + Quote.of(event) + " has half of a surrogate pair at position " + half);
        }
        return event;
    }

    /** JSON can write half a character, UTF-8 cannot: where the first one stands, or -1. */
    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            int code = text.codePointAt(i);
            if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
                return i;
            }
            i += Character.charCount(code) - 1;
        }
        return -1;
    }
}
