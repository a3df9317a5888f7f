package io.carillon.undertow;

import io.carillon.core.Connection;
import io.carillon.core.Opening;
import io.carillon.polling.IoThreadOutbox;
import io.carillon.polling.WholeAnswers;
import io.carillon.protocol.Fault;
import io.carillon.protocol.Reply;
import io.carillon.transport.UndertowDeparture;
import io.carillon.transport.longpoll.PollQuery;
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
    static final String POLLS = Polls.class.getName();
    private static final int LONGEST_MILLIS = PollQuery.LONGEST * 1000;

    private final ServletContext context;
    private final @Nullable UnderWay underWay;
    private final Map<XnioIoThread, PollThread> threads = new ConcurrentHashMap<>();

    /** What the polls of one IO thread share. */
    private record PollThread(IoThreadOutbox outbox, WholeAnswers answers, NextPoll.@Nullable Service repeated) {}

    /** @param underWay null where each poll has to go all the way */
    PollRoute(ServletContext context, @Nullable UnderWay underWay) {
        this.context = context;
        this.underWay = underWay;
    }

    @Override
    public @Nullable Errand errand(HttpServerExchange exchange, String path) {
        if (!path.equals(Polls.PATH)
                || !exchange.getRequestMethod().equals(Methods.GET)
                || hasBody(exchange.getRequestHeaders())
                || !(context.getAttribute(POLLS) instanceof Polls polls)) {
            return null;
        }
        boolean unobserved = Onlookers.none(exchange);
        return (visitor, answer) -> {
            PipelinedAnswers.letGo(exchange);
            try {
                PollQuery query = polls.read(
                        exchange.getQueryParameters()::get,
                        exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH));
                Opening opening = polls.admit(visitor, query);
                HttpServerConnection connection = (HttpServerConnection) exchange.getConnection();
                PollThread thread = threads.computeIfAbsent(exchange.getIoThread(), this::thread);
                if (unobserved && thread.repeated != null) {
                    NextPoll.after(exchange, connection, query, thread.answers, thread.repeated);
                }
                Connection held = polls.hold(opening, new ExchangePollOutlet(exchange, answer, thread.outbox));
                if (!exchange.isResponseStarted()) {
                    UndertowDeparture.listen(connection, LONGEST_MILLIS, held::gone);
                }
            } catch (RuntimeException e) {
                answer.accept(Reply.of(Fault.of(e)));
            }
        };
    }

    private PollThread thread(XnioIoThread thread) {
        IoThreadOutbox outbox = new IoThreadOutbox(thread);
        return new PollThread(
                outbox,
                new WholeAnswers(),
                underWay == null ? null : new RepeatedPolls(context, underWay, thread, outbox));
    }

    /** Some clients say of each {@code GET} that its body has no bytes. */
    private static boolean hasBody(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || headers.contains(Headers.TRANSFER_ENCODING);
    }
}
