package io.carillon.transport.longpoll;

import io.carillon.auth.Access;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a poll asks for, and has the hub answer it, whoever has brought it. Has no state and does not block; safe for concurrent
 * use. {@link PollServlet} leaves it in the servlet context, under its class' name.
 */
@Dependent
public class Polls {
    /** Seconds for which a poll is held at most. */
    public static final int LONGEST = 60;

    private static final int SHORTEST = 1;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    /**
     * What it asks for, if he may have it. What is thrown is for {@link io.carillon.protocol.Fault#of}.
     *
     * @param query the values of a parameter, or null
     * @param tag the header {@code If-None-Match}, or null
     */
    public Opening read(Visitor visitor, Function<String, @Nullable Collection<String>> query, @Nullable String tag) {
        List<ChannelPattern> channels = ChannelQuery.parse(query.apply("channel"), config.name(Key.DEFAULT_CHANNEL));
        access.checkSubscribe(visitor, channels);
        Opening opening = new Opening(
                visitor.client(Transport.LONG_POLL, ClientNames.parse(first(query, ClientNames.PARAMETER))),
                channels,
                cursor(query, tag),
                holdFor(first(query, "timeout")));
        hub.checkAccepting();
        return opening;
    }

    /**
     * Answers at once if something follows the cursor, else when it comes, or when its time is over.
     *
     * @return to be told if he leaves before that
     * @throws io.carillon.core.RefusedException the outlet was not touched
     */
    public Connection hold(Opening opening, PollOutlet outlet) {
        return hub.open(opening, outlet, Opening.Answers.NONE);
    }

    private static @Nullable Long cursor(Function<String, @Nullable Collection<String>> query, @Nullable String tag) {
        for (String name : new String[] {"last_id", "since"}) {
            Long cursor = Cursors.parse(first(query, name));
            if (cursor != null) {
                return cursor;
            }
        }
        return tag == null
                ? null
                : Cursors.parse(tag.replace("W/", "").replace("\"", "").trim());
    }

    private Duration holdFor(@Nullable String timeout) {
        if (timeout == null || timeout.isEmpty()) {
            return config.duration(Key.POLL_TIMEOUT);
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
        Iterator<String> some = values == null ? List.<String>of().iterator() : values.iterator();
        return some.hasNext() ? some.next() : null;
    }
}
