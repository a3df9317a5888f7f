package io.carillon.transport.sse;

import io.carillon.auth.Access;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.protocol.ClientNames;
import io.carillon.transport.NextDoor;
import io.carillon.wire.Takeover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes event streams in front of JAX-RS where the server gives away their connections: there it keeps no request for them, and who leaves
 * is heard. What has something wrong with it is left to {@link EventsResource}, which says what.
 */
@ApplicationScoped
public class DirectStreams implements NextDoor {
    private static final String PATH = "/v1/events";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private HubBroadcaster broadcaster;

    private volatile @Nullable Takeover takeover;

    @Override
    public void open(ServletContext context) {
        Takeover server = Takeover.of(context);
        takeover = server != null && server.streams() ? server : null;
    }

    @Override
    public boolean takes(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Takeover server = takeover;
        if (server == null
                || !request.getRequestURI().equals(request.getContextPath() + PATH)
                || !request.getMethod().equals("GET")
                || !request.getProtocol().equals("HTTP/1.1")
                || !(request.getUserPrincipal() instanceof Visitor visitor)
                || !server.gives(request)) {
            return false;
        }
        ServletEventSink sink = new ServletEventSink(WireOutput::new);
        try {
            StreamQuery query = query(request);
            access.checkSubscribe(visitor, query.channels());
            broadcaster.register(sink, query.encoder(), query.opening(visitor));
        } catch (RuntimeException e) {
            return false; // JAX-RS has the words for it
        }
        boolean given = false;
        try {
            StreamQuery.head(response);
            server.stream(request, response, ((WireOutput) sink.output())::on);
            given = true;
        } finally {
            if (!given) {
                sink.abort();
            }
        }
        return true;
    }

    private StreamQuery query(HttpServletRequest request) {
        String[] channels = request.getParameterValues("channel");
        return StreamQuery.parse(
                channels == null ? List.of() : Arrays.asList(channels),
                request.getParameter("envelope"),
                request.getParameter("since"),
                request.getParameter("last_id"),
                request.getHeader("Last-Event-ID"),
                request.getParameter(ClientNames.PARAMETER),
                config.name(Key.DEFAULT_CHANNEL));
    }
}
