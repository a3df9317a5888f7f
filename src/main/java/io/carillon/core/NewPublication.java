package io.carillon.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher asks the log to store.
 *
 * @param event 1 to 64 characters without control characters (an event is one line of an SSE stream)
 * @param data a valid JSON value in UTF-8; the caller gives the array away
 * @param ttl after this it is never delivered; null or zero is no end
 * @param key idempotency key, 1 to 255 characters; a second append with the same channel and key within the window
 *     stores nothing and answers with the first
 * @param ephemeral only for who is there now: no part of the history, and its data does not outlive the process
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record NewPublication(
        ChannelName channel,
        String event,
        byte[] data,
        @Nullable Duration ttl,
        @Nullable String key,
        boolean ephemeral) {
    /** Characters in the longest event name. */
    public static final int MAX_EVENT_LENGTH = 64;
    /** Characters in the longest idempotency key. */
    public static final int MAX_KEY_LENGTH = 255;

    public NewPublication {
        checkLine("event", event, MAX_EVENT_LENGTH);
        if (key != null) {
            checkLine("idempotency key", key, MAX_KEY_LENGTH);
        }
        if (ttl != null && ttl.isNegative()) {
            throw new IllegalArgumentException("ttl is " + ttl.toSeconds() + " s; it must not be negative");
        }
    }

    public NewPublication(ChannelName channel, byte[] data) {
        this(channel, Publication.DEFAULT_EVENT, data, null, null);
    }

    /** One that is kept. */
    public NewPublication(
            ChannelName channel, String event, byte[] data, @Nullable Duration ttl, @Nullable String key) {
        this(channel, event, data, ttl, key, false);
    }

    private static void checkLine(String what, String value, int limit) {
        if (value.isEmpty() || value.length() > limit) {
            throw new InvalidNameException(
                    what + " has " + value.length() + " characters; 1 to " + limit + " are allowed");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new InvalidNameException(
                        what + " " + Quote.of(value) + " has a control character at position " + i);
            }
        }
    }
}
