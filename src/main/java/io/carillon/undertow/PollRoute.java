package io.carillon.undertow;

import io.carillon.core.Connection;
import io.carillon.protocol.Fault;
import io.carillon.protocol.Reply;
import io.carillon.transport.UndertowDeparture;
import io.carillon.transport.longpoll.Polls;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/** {@code GET v1/poll}: the exchange waits for its answer, and nobody with it. */
final class PollRoute implements Route {
    private static final String PATH = "/v1/poll";
    private static final String POLLS = Polls.class.getName();
    private static final int LONGEST_MILLIS = Polls.LONGEST * 1000;

    private final ServletContext context;
    private final Map<XnioIoThread, IoThreadOutbox> outboxes = new ConcurrentHashMap<>();

    PollRoute(ServletContext context) {
        this.context = context;
    }

    @Override
    public @Nullable Errand errand(HttpServerExchange exchange, String path) {
        if (!path.equals(PATH)
                || !exchange.getRequestMethod().equals(Methods.GET)
                || hasBody(exchange.getRequestHeaders())
                || !(context.getAttribute(POLLS) instanceof Polls polls)) {
            return null;
        }
        return (visitor, answer) -> {
            PipelinedAnswers.letGo(exchange);
            try {
                Connection held = polls.hold(
                        polls.read(
                                visitor,
                                exchange.getQueryParameters()::get,
                                exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH)),
                        new ExchangePollOutlet(exchange, answer, outbox(exchange)));
                if (!exchange.isResponseStarted()
                        && exchange.getConnection() instanceof HttpServerConnection connection) {
                    UndertowDeparture.listen(connection, LONGEST_MILLIS, held::gone);
                }
            } catch (RuntimeException e) {
                answer.accept(Reply.of(Fault.of(e)));
            }
        };
    }

    private IoThreadOutbox outbox(HttpServerExchange exchange) {
        return outboxes.computeIfAbsent(exchange.getIoThread(), IoThreadOutbox::new);
    }

    /** Some clients say of each {@code GET} that its body has no bytes. */
    private static boolean hasBody(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || headers.contains(Headers.TRANSFER_ENCODING);
    }
}
