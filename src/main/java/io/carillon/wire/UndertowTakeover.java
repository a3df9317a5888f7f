package io.carillon.wire;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.api.ThreadSetupHandler;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/** On WildFly: with an upgrade Undertow gives the connection and nothing between it and the hub. It does so for no other answer. */
final class UndertowTakeover extends Takeover {
    @Override
    public boolean gives(HttpServletRequest request) {
        return ServletRequestContext.requireCurrent().getExchange().getConnection() instanceof HttpServerConnection;
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public void stream(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers) {
        throw new UnsupportedOperationException("Undertow gives away what is upgraded only");
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers) {
        ServletRequestContext context = ServletRequestContext.requireCurrent();
        ThreadSetupHandler.Action<@Nullable Void, Runnable> inContext = context.getDeployment()
                .createThreadSetupAction((here, task) -> {
                    task.run();
                    return null;
                });
        context.getExchange().upgradeChannel("websocket", (connection, upgraded) -> {
            Executor workers = task -> connection.getWorker().execute(() -> run(inContext, task));
            workers.execute(() -> open(connection, upgraded, peers, workers));
        });
    }

    private static void open(
            StreamConnection connection, HttpServerExchange exchange, Function<Wire, Peer> peers, Executor workers) {
        Peer peer = peers.apply(new UndertowWire(connection));
        exchange.getConnection().addCloseListener(closed -> peer.gone());
        UndertowTimeout.end(connection);
        peer.begin();
        new UndertowReader(connection, peer, workers).start();
    }

    /** In the context of the application: its class loader, its names. */
    private static void run(ThreadSetupHandler.Action<@Nullable Void, Runnable> inContext, Runnable task) {
        try {
            inContext.call(null, task);
        } catch (Exception e) { // a task throws none that is checked
            throw new IllegalStateException(e);
        }
    }
}
