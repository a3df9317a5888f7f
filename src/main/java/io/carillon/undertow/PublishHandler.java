package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.gate.Doorkeeper;
import io.carillon.protocol.ProtocolException;
import io.carillon.publish.PromptPublisher;
import io.carillon.publish.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes the usual request to publish on the IO thread that has read it, in front of the servlets (docs/adr/0019): whoever is handed to a
 * worker and back costs four times what the hub does for him. All others go on, and the answers are the same.
 *
 * <p>Nothing is decided here: {@link Doorkeeper} says who it is, {@link PromptPublisher} what becomes of it. What either cannot say without
 * waiting goes on to the servlets, and so does whoever the container might know. All does where somebody else has put a filter or a
 * handler in the way ({@link Neighbours}). A server that has been suspended takes nothing here either.
 *
 * <p>Threads: the IO thread of the request's connection. Never blocks.
 */
final class PublishHandler implements HttpHandler {
    private static final AttachmentKey<Runnable> ATTENDANT = AttachmentKey.create(Runnable.class);

    private final DeploymentInfo deployment;
    private final ServletContext context;
    private final HttpHandler next;
    private final HttpHandler outer;
    private volatile @Nullable Inside inside;
    private volatile boolean decided;

    private record Inside(Doorkeeper doorkeeper, PromptPublisher publisher) {}

    PublishHandler(DeploymentInfo deployment, ServletContext context, HttpHandler next) {
        this.deployment = deployment;
        this.context = context;
        this.next = next;
        this.outer = Neighbours.suspension(deployment, PublishHandler::begin);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Inside known = inside();
        Runnable attendant = known == null ? null : attendant(known, exchange);
        if (attendant == null) {
            next.handleRequest(exchange);
        } else {
            exchange.putAttachment(ATTENDANT, attendant);
            outer.handleRequest(exchange);
        }
    }

    /** Decides once; the server makes filters when a request comes their way, so the first goes by the servlets. */
    private @Nullable Inside inside() {
        if (!decided
                && context.getAttribute(Doorkeeper.class.getName()) instanceof Doorkeeper doorkeeper
                && context.getAttribute(PromptPublisher.class.getName()) instanceof PromptPublisher publisher) {
            inside = Neighbours.none(deployment, context) ? new Inside(doorkeeper, publisher) : null;
            decided = true;
        }
        return inside;
    }

    private @Nullable Runnable attendant(Inside known, HttpServerExchange exchange) {
        if (!exchange.isInIoThread() || !exchange.getRequestMethod().equals(Methods.POST)) {
            return null;
        }
        String path = path(exchange);
        if (path == null || !PromptPublisher.takes(path)) {
            return null;
        }
        int length = length(exchange.getRequestHeaders());
        if (length < 0 || foreign(exchange)) {
            return null;
        }
        ExchangeArrival arrival = new ExchangeArrival(exchange, path);
        try {
            Visitor visitor = known.doorkeeper.admitAtOnce(arrival);
            return visitor == null
                    ? null
                    : new Attendant(exchange, arrival, known.doorkeeper, known.publisher, visitor, length);
        } catch (ProtocolException e) {
            Reply refusal = Reply.refusing(e);
            return () -> arrival.answer(refusal);
        }
    }

    /** Below the context root; null if it has more than a path. */
    private static @Nullable String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        String root = exchange.getResolvedPath();
        boolean plain = exchange.getQueryString().isEmpty()
                && exchange.getPathParameters().isEmpty()
                && !exchange.isHostIncludedInRequestURI()
                && uri.startsWith(root);
        return plain ? uri.substring(root.length()) : null;
    }

    /** Bytes of the body; -1 if it is too long for here, or the client does not say or does not just send it. */
    private static int length(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        if (length == null
                || length.length() > 5
                || headers.contains(Headers.TRANSFER_ENCODING)
                || headers.contains(Headers.EXPECT)
                || headers.contains(Headers.UPGRADE)) {
            return -1;
        }
        try {
            int bytes = Integer.parseInt(length);
            return bytes <= PromptPublisher.LONGEST ? bytes : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
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

    /** Behind the outer handlers. What follows is no part of their call, so that nobody but the attendant ends the exchange. */
    private static void begin(HttpServerExchange exchange) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, exchange.getAttachment(ATTENDANT));
    }
}
