package io.carillon.transport.websocket.direct;

import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.transport.NextDoor;
import io.carillon.transport.websocket.Handshake;
import io.carillon.transport.websocket.Reception;
import io.carillon.wire.Takeover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shakes hands with who asks for a socket, and keeps the connection for the hub: in front of the container's own WebSocket, which gets
 * all who do not ask as RFC 6455 has it, come over HTTP/2, or have a session of the container, with which their socket has to end.
 */
@ApplicationScoped
public class DirectWay implements NextDoor {
    private static final String PATH = "/v1/ws";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Reception reception;

    private volatile @Nullable Takeover takeover;

    @Override
    public void open(ServletContext context) {
        takeover = config.flag(Key.WEBSOCKET_DIRECT) ? Takeover.of(context) : null;
    }

    @Override
    public boolean takes(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Takeover server = takeover;
        if (server == null || !request.getRequestURI().equals(request.getContextPath() + PATH)) {
            return false;
        }
        String key = Handshake.key(request);
        if (key == null
                || request.getSession(false) != null
                || !(request.getUserPrincipal() instanceof Visitor visitor)
                || !server.gives(request)) {
            return false;
        }
        String subprotocol = Handshake.subprotocol(request);
        Reception.Newcomer newcomer = new Reception.Newcomer(visitor, query(request), subprotocol);
        response.setHeader("Sec-WebSocket-Accept", Handshake.accept(key));
        if (subprotocol != null) {
            response.setHeader("Sec-WebSocket-Protocol", subprotocol);
        }
        server.upgrade(request, response, wire -> new Guest(wire, newcomer, hub, reception));
        return true;
    }

    private static Map<String, List<String>> query(HttpServletRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        return query;
    }
}
