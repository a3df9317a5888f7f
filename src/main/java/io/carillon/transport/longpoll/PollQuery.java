package io.carillon.transport.longpoll;

import io.carillon.core.ChannelPattern;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a poll asks for, whoever sends it.
 *
 * @param name by which its client calls itself; null if it does not
 * @param since its cursor: 0 is all that is retained, null is from now
 * @param holdFor how long it waits for something at most
 */
public record PollQuery(
        List<ChannelPattern> channels,
        @Nullable String name,
        @Nullable Long since,
        Duration holdFor) {
    /** Seconds for which a poll is held at most. */
    public static final int LONGEST = 60;

    private static final int SHORTEST = 1;

    /**
     * As it stands in a request. What is thrown is for {@link io.carillon.protocol.Fault#of}.
     *
     * @param query the values of a parameter, or null
     * @param tag the header {@code If-None-Match}, or null; a cursor in the query is before it
     * @param defaultChannel when it names none
     * @param usual how long it is held when it does not say that
     */
    public static PollQuery of(
            Function<String, @Nullable Collection<String>> query,
            @Nullable String tag,
            String defaultChannel,
            Duration usual) {
        return new PollQuery(
                ChannelQuery.parse(query.apply("channel"), defaultChannel),
                ClientNames.parse(first(query, ClientNames.PARAMETER)),
                cursor(query, tag),
                holdFor(first(query, "timeout"), usual));
    }

    /** The same from another cursor. */
    public PollQuery from(long cursor) {
        return new PollQuery(channels, name, cursor, holdFor);
    }

    private static @Nullable Long cursor(Function<String, @Nullable Collection<String>> query, @Nullable String tag) {
        for (String name : List.of("last_id", "since")) {
            Long cursor = Cursors.parse(first(query, name));
            if (cursor != null) {
                return cursor;
            }
        }
        return tag == null
                ? null
                : Cursors.parse(tag.replace("W/", "").replace("\"", "").trim());
    }

    private static Duration holdFor(@Nullable String timeout, Duration usual) {
        if (timeout == null || timeout.isEmpty()) {
            return usual;
        }
        try {
            int seconds = Integer.parseInt(timeout);
            return Duration.ofSeconds(Math.min(Math.max(seconds, SHORTEST), LONGEST));
        } catch (NumberFormatException e) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "timeout is no integer; " + SHORTEST + " to " + LONGEST + " seconds are allowed");
        }
    }

    private static @Nullable String first(Function<String, @Nullable Collection<String>> query, String name) {
        Collection<String> values = query.apply(name);
        return values == null || values.isEmpty() ? null : values.iterator().next();
    }
}
