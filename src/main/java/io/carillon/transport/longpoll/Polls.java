package io.carillon.transport.longpoll;

import io.carillon.auth.Access;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a poll asks for, and has the hub answer it, whoever has brought it. Has no state and does not block; safe for concurrent
 * use. {@link PollServlet} leaves it in the servlet context, under its class' name.
 */
@Dependent
public class Polls {
    /** Where polls go, below the context root. */
    public static final String PATH = "/v1/poll";

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    /** As {@link PollQuery#of}, with what this hub is configured to. */
    public PollQuery read(Function<String, @Nullable Collection<String>> query, @Nullable String tag) {
        return PollQuery.of(query, tag, config.name(Key.DEFAULT_CHANNEL), config.duration(Key.POLL_TIMEOUT));
    }

    /** That poll for him, if he may have it. What is thrown is for {@link io.carillon.protocol.Fault#of}. */
    public Opening admit(Visitor visitor, PollQuery query) {
        access.checkSubscribe(visitor, query.channels());
        hub.checkAccepting();
        return new Opening(
                visitor.client(Transport.LONG_POLL, query.name()), query.channels(), query.since(), query.holdFor());
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
}
