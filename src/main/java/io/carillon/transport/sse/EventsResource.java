package io.carillon.transport.sse;

import io.carillon.auth.Access;
import io.carillon.auth.Refusals;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.Fault;
import io.carillon.protocol.SseEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET v1/events}: a stream of server-sent events. */
@Path("events")
@ApplicationScoped
public class EventsResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private HubBroadcaster broadcaster;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Refusals refusals;

    /**
     * The container starts the asynchronous request before it calls this; we take its stream and never resume the
     * response. An error before that is an ordinary answer of the exception mappers.
     */
    @GET
    public void events(
            @QueryParam("channel") List<String> channel,
            @QueryParam("envelope") @Nullable String envelope,
            @QueryParam("since") @Nullable String since,
            @QueryParam("last_id") @Nullable String lastId,
            @QueryParam(ClientNames.PARAMETER) @Nullable String client,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Suspended AsyncResponse suspended,
            @Context HttpServletRequest request)
            throws IOException {
        // The browser's own header is newer than what the page wrote into the address.
        String cursor = lastEventId == null || lastEventId.isEmpty()
                ? since == null || since.isEmpty() ? lastId : since
                : lastEventId;
        try {
            open(channel, "1".equals(envelope), cursor, ClientNames.parse(client), request);
        } catch (RuntimeException e) {
            refusals.count(Refusals.What.SUBSCRIBE, Fault.codeOf(e));
            throw e;
        }
    }

    private void open(
            List<String> channel,
            boolean envelope,
            @Nullable String since,
            @Nullable String name,
            HttpServletRequest request)
            throws IOException {
        List<ChannelPattern> channels = ChannelQuery.parse(channel, config.name(Key.DEFAULT_CHANNEL));
        Visitor visitor = Visitor.of(request.getUserPrincipal());
        access.checkSubscribe(visitor, channels);
        Long cursor = Cursors.parse(since);
        boolean plain = channels.size() == 1 && !channels.get(0).wildcard() && !envelope;

        // What was injected belongs to this thread; the context does not.
        AsyncContext started = request.getAsyncContext();
        AsyncContext context = started instanceof LeanContext lean ? lean.takeOver() : started;
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        Opening opening = new Opening(visitor.client(Transport.SSE, name), channels, cursor, null);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        ServletEventSink sink = new ServletEventSink(context, hub::after);
        broadcaster.register(sink, plain ? SseEncoder.PLAIN : SseEncoder.ENVELOPE, opening);
    }
}
