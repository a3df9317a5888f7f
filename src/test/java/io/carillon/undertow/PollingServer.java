package io.carillon.undertow;

import io.carillon.client.RawHttp;
import io.carillon.polling.AnswerField;
import io.carillon.polling.KnownPoll;
import io.carillon.polling.WholeAnswers;
import io.carillon.protocol.InvalidCursorException;
import io.carillon.protocol.Reply;
import io.carillon.transport.longpoll.PollQuery;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderValues;
import io.undertow.util.SameThreadExecutor;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import org.xnio.XnioIoThread;

/**
 * A real Undertow of the version that WildFly has, with one IO thread, whose handler does with each request what {@link PollRoute} does with a poll, and keeps
 * what it was given.
 */
final class PollingServer implements AutoCloseable, NextPoll.Service {
    /** What becomes of a request. */
    interface Hub {
        void poll(XnioIoThread thread, long cursor, Consumer<Reply> answer);
    }

    /**
     * One request.
     *
     * @param parsed by Undertow, for this exchange
     * @param all that the hub asks of it
     */
    record Seen(boolean parsed, String all) {}

    private final Undertow undertow;
    private final WholeAnswers answers = new WholeAnswers();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Hub hub;

    /** What it has been told to run if a client leaves. */
    final List<WeakReference<Runnable>> served = new CopyOnWriteArrayList<>();

    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger left = new AtomicInteger();
    volatile Duration hold = Duration.ofSeconds(1);
    volatile boolean refusing;
    volatile Consumer<HttpServerExchange> before = exchange -> {};
    volatile @Nullable NextPoll held;

    /** @param idleMillis after which it closes a connection without a request; -1 is never */
    PollingServer(int idleMillis, Hub hub) {
        this.hub = hub;
        this.undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, idleMillis)
                .setSocketOption(Options.SEND_BUFFER, 4096)
                .setHandler(this::handle)
                .build();
        undertow.start();
    }

    RawHttp connect() {
        return new RawHttp(address());
    }

    int port() {
        return address().getPort();
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    /** Its only one. */
    XnioIoThread thread() {
        return undertow.getWorker().getIoThread(0);
    }

    /** Of the requests until now, the last. */
    Seen last() {
        return seen.get(seen.size() - 1);
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpServerExchange exchange) {
        PollQuery query = query(exchange);
        seen.add(new Seen(true, all(exchange, query, ExchangeArrival.peer(exchange))));
        before.accept(exchange);
        boolean unobserved = Onlookers.none(exchange);
        ExchangeArrival arrival = arrival(exchange);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            if (unobserved) {
                NextPoll.after(exchange, (HttpServerConnection) exchange.getConnection(), query, answers, this);
            }
            hub.poll(exchange.getIoThread(), cursor(query), arrival::answer);
        });
    }

    /** What is no cursor counts as none. */
    PollQuery query(HttpServerExchange exchange) {
        Map<String, Deque<String>> parameters = exchange.getQueryParameters();
        PollQuery query;
        try {
            query = PollQuery.of(parameters::get, null, "open.default", hold);
        } catch (InvalidCursorException e) {
            query = PollQuery.of(name -> null, null, "open.default", hold);
        }
        return new PollQuery(query.channels(), query.name(), query.since(), hold);
    }

    private static long cursor(PollQuery query) {
        return Objects.requireNonNullElse(query.since(), 0L);
    }

    @Override
    public @Nullable Runnable serve(KnownPoll<NextPoll.Parsed> poll, long cursor, NextPoll to) {
        if (refusing) {
            return null;
        }
        HttpServerExchange exchange = poll.request().exchange();
        PollQuery query = poll.query(cursor);
        seen.add(new Seen(false, all(exchange, query, poll.request().peer())));
        underWay.incrementAndGet();
        held = to;
        List<AnswerField> fields = arrival(exchange).fieldsToStay();
        hub.poll(exchange.getIoThread(), cursor(query), reply -> to.answer(exchange, fields, reply, () -> {}));
        Runnable gone = left::incrementAndGet;
        served.add(new WeakReference<>(gone));
        return gone;
    }

    @Override
    public void over() {
        underWay.decrementAndGet();
    }

    private static ExchangeArrival arrival(HttpServerExchange exchange) {
        ExchangeArrival arrival = new ExchangeArrival(exchange, exchange.getRequestPath());
        arrival.set("X-First", "one");
        arrival.add("X-Second", "two");
        arrival.add("X-Second", "three");
        return arrival;
    }

    private static String all(HttpServerExchange exchange, PollQuery query, String peer) {
        Map<String, String> parameters = new TreeMap<>();
        exchange.getQueryParameters().forEach((name, values) -> {
            if (!name.equals("since") && !name.equals("last_id")) {
                parameters.put(name, values.toString());
            }
        });
        Map<String, String> fields = new TreeMap<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            fields.put(values.getHeaderName().toString(), List.copyOf(values).toString());
        }
        return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " by " + peer + '\n' + query + '\n'
                + parameters + '\n' + fields;
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
