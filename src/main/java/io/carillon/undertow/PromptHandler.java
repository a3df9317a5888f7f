package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.gate.Doorkeeper;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the usual request to publish, and the usual poll, on the IO thread that has read it, in front of the servlets (docs/adr/0019,
 * 0020): whoever is handed to a worker and back costs four times what the hub does for him. All others go on, and the answers are the same.
 *
 * <p>Nothing is decided here: {@link Doorkeeper} says who it is, and those behind a {@link Route} what becomes of it. What they cannot say
 * without waiting goes on to the servlets, and so does whoever the container might know. All does where somebody else has put a filter or
 * a handler in the way ({@link Neighbours}). A server that has been suspended takes nothing here either.
 *
 * <p>Threads: the IO thread of the request's connection, on which every exchange that is taken ends, too. Never blocks.
 */
final class PromptHandler implements HttpHandler {
    private static final AttachmentKey<Runnable> TASK = AttachmentKey.create(Runnable.class);
    static final String DOORKEEPER = Doorkeeper.class.getName();

    private final DeploymentInfo deployment;
    private final ServletContext context;
    private final HttpHandler next;
    private final HttpHandler outer;
    private final List<Route> routes;
    private volatile @Nullable Boolean alone;

    PromptHandler(DeploymentInfo deployment, ServletContext context, HttpHandler next) {
        this.deployment = deployment;
        this.context = context;
        this.next = next;
        this.outer = Neighbours.suspension(deployment, PromptHandler::begin);
        this.routes = List.of(new PublishRoute(context), new PollRoute(context, UnderWay.of(deployment)));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Runnable task = exchange.isInIoThread() ? task(exchange) : null;
        if (task == null) {
            PipelinedAnswers.letGo(exchange);
            next.handleRequest(exchange);
        } else {
            exchange.putAttachment(TASK, task);
            outer.handleRequest(exchange);
        }
    }

    private @Nullable Runnable task(HttpServerExchange exchange) {
        String path = path(exchange);
        Route.Errand errand = path == null ? null : errand(exchange, path);
        if (path == null
                || errand == null
                || foreign(exchange)
                || !(context.getAttribute(DOORKEEPER) instanceof Doorkeeper doorkeeper)
                || !alone()) {
            return null;
        }
        ExchangeArrival arrival = new ExchangeArrival(exchange, path);
        try {
            Visitor visitor = doorkeeper.admitAtOnce(arrival);
            return visitor == null
                    ? null
                    : () -> errand.run(visitor, reply -> {
                        doorkeeper.count(arrival, reply.status());
                        arrival.answer(reply);
                    });
        } catch (ProtocolException e) {
            Reply refusal = Reply.of(e.fault());
            return () -> arrival.answer(refusal);
        }
    }

    private Route.@Nullable Errand errand(HttpServerExchange exchange, String path) {
        for (Route route : routes) {
            Route.Errand errand = route.errand(exchange, path);
            if (errand != null) {
                return errand;
            }
        }
        return null;
    }

    /** Decided once, when the gate has been made: the server makes filters when a request comes their way. */
    private boolean alone() {
        Boolean known = alone;
        if (known == null) {
            known = Neighbours.none(deployment, context);
            alone = known;
        }
        return known;
    }

    /** Below the context root, without the query; null if it has more than a path. */
    private static @Nullable String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        String root = exchange.getResolvedPath();
        boolean plain = uri.indexOf(';') < 0 // no parameters; asking for them makes a map
                && !exchange.isHostIncludedInRequestURI()
                && uri.startsWith(root);
        return plain ? uri.substring(root.length()) : null;
    }

    /** Whether the container could know its sender: by a cookie, a password, a certificate, or what a proxy says in AJP. */
    private boolean foreign(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        if (!exchange.getProtocol().equals(Protocols.HTTP_1_1)
                || !(exchange.getConnection() instanceof HttpServerConnection connection)
                || headers.contains(Headers.COOKIE)) {
            return true;
        }
        String authorization = headers.getFirst(Headers.AUTHORIZATION);
        if (authorization != null) {
            return !Doorkeeper.showsToken(authorization);
        }
        return deployment.getLoginConfig() != null || connection.getSslSession() != null;
    }

    /** Behind the outer handlers. What follows is no part of their call, so that nobody but the task ends the exchange. */
    private static void begin(HttpServerExchange exchange) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, exchange.removeAttachment(TASK));
    }
}
