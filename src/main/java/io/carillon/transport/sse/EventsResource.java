package io.carillon.transport.sse;

import io.carillon.auth.Access;
import io.carillon.auth.Refusals;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Fault;
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
        try {
            StreamQuery query = StreamQuery.parse(
                    channel, envelope, since, lastId, lastEventId, client, config.name(Key.DEFAULT_CHANNEL));
            open(query, request);
        } catch (RuntimeException e) {
            refusals.count(Refusals.What.SUBSCRIBE, Fault.codeOf(e));
            throw e;
        }
    }

    private void open(StreamQuery query, HttpServletRequest request) throws IOException {
        Visitor visitor = Visitor.of(request.getUserPrincipal());
        access.checkSubscribe(visitor, query.channels());

        // What was injected belongs to this thread; the context does not.
        AsyncContext started = request.getAsyncContext();
        AsyncContext context = started instanceof LeanContext lean ? lean.takeOver() : started;
        StreamQuery.head((HttpServletResponse) context.getResponse());
        ServletEventSink sink = new ServletEventSink(context, hub::after);
        broadcaster.register(sink, query.encoder(), query.opening(visitor));
    }
}
