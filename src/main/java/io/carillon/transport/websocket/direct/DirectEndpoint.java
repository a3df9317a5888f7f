package io.carillon.transport.websocket.direct;

import io.carillon.auth.Visitor;
import io.carillon.core.Hub;
import io.carillon.transport.UndertowTimeout;
import io.carillon.transport.websocket.Handshake;
import io.carillon.transport.websocket.Reception;
import io.carillon.transport.websocket.Talk;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.api.ThreadSetupHandler;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * Shakes hands with who asks for a socket, and keeps the connection for the hub: in front of the container's own WebSocket, which gets
 * all who do not ask as RFC 6455 has it, come over HTTP/2, or have a session of the container, with which their socket has to end.
 *
 * <p>{@link DirectWay} puts it behind the gate. Without one it would find no {@link Visitor}, and let everybody pass.
 */
public class DirectEndpoint extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Hub hub;
    private final transient Reception reception;

    /** Takes no injection: a container would load the class for that, also where it cannot be loaded. */
    public DirectEndpoint(Hub hub, Reception reception) {
        this.hub = hub;
        this.reception = reception;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletRequestContext context = ServletRequestContext.requireCurrent();
        HttpServerExchange exchange = context.getExchange();
        String key = Handshake.key(request);
        if (key == null
                || !(exchange.getConnection() instanceof HttpServerConnection)
                || request.getSession(false) != null
                || !(request.getUserPrincipal() instanceof Visitor visitor)) {
            chain.doFilter(request, response);
            return;
        }
        String subprotocol = Handshake.subprotocol(request);
        Reception.Newcomer newcomer = new Reception.Newcomer(visitor, query(request), subprotocol);
        ThreadSetupHandler.Action<@Nullable Void, Runnable> inContext = context.getDeployment()
                .createThreadSetupAction((here, task) -> {
                    task.run();
                    return null;
                });
        exchange.upgradeChannel("websocket", (connection, upgraded) -> {
            Executor workers = task -> connection.getWorker().execute(() -> run(inContext, task));
            workers.execute(() -> open(connection, upgraded, newcomer, workers));
        });
        response.setHeader("Sec-WebSocket-Accept", Handshake.accept(key));
        if (subprotocol != null) {
            response.setHeader("Sec-WebSocket-Protocol", subprotocol);
        }
    }

    private void open(
            StreamConnection connection, HttpServerExchange exchange, Reception.Newcomer newcomer, Executor workers) {
        DirectSocket socket = new DirectSocket(connection, hub::after);
        Talk talk = new Talk();
        exchange.getConnection().addCloseListener(closed -> talk.gone());
        UndertowTimeout.end(connection);
        socket.start();
        reception.receive(newcomer, socket, talk);
        new DirectReader(connection, socket, talk, workers, reception.limit()).start();
    }

    /** In the context of the application: its class loader, its names. */
    private static void run(ThreadSetupHandler.Action<@Nullable Void, Runnable> inContext, Runnable task) {
        try {
            inContext.call(null, task);
        } catch (Exception e) { // a task throws none that is checked
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, List<String>> query(HttpServletRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        return query;
    }
}
