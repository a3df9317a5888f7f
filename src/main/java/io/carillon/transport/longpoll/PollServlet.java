package io.carillon.transport.longpoll;

import io.carillon.auth.Access;
import io.carillon.auth.Refusals;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.RefusedException;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProtocolException;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET v1/poll}: answers at once when something follows the cursor, else holds the request. */
@WebServlet(urlPatterns = "/v1/poll", asyncSupported = true)
public class PollServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Bounds of the time for which a poll is held, in seconds. */
    private static final int SHORTEST = 1;

    private static final int LONGEST = 60;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Refusals refusals;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Opening opening;
        try {
            opening = opening(request);
            if (!hub.accepting()) {
                throw new RefusedException(RefusedException.Why.DRAINING, "the hub is going down");
            }
        } catch (RuntimeException e) {
            Refusal.write(response, Fault.of(e));
            return;
        }
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        AsyncContext context = request.startAsync();
        try {
            hub.open(opening, new PollOutlet(context, hub::after), Opening.Answers.NONE);
        } catch (RefusedException e) {
            Fault fault = Fault.of(e);
            refusals.count(Refusals.What.SUBSCRIBE, fault.code());
            Refusal.write(response, fault);
            context.complete();
        }
    }

    private Opening opening(HttpServletRequest request) {
        List<ChannelPattern> channels =
                ChannelQuery.parse(request.getParameterValues("channel"), config.name(Key.DEFAULT_CHANNEL));
        Visitor visitor = Visitor.of(request.getUserPrincipal());
        access.checkSubscribe(visitor, channels);
        return new Opening(
                visitor.client(Transport.LONG_POLL, ClientNames.parse(request.getParameter(ClientNames.PARAMETER))),
                channels,
                cursor(request),
                holdFor(request.getParameter("timeout")));
    }

    private static @Nullable Long cursor(HttpServletRequest request) {
        for (String name : new String[] {"last_id", "since"}) {
            Long cursor = Cursors.parse(request.getParameter(name));
            if (cursor != null) {
                return cursor;
            }
        }
        String tag = request.getHeader("If-None-Match");
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
}
