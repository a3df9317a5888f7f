package io.carillon.undertow;

import io.carillon.gate.Arrival;
import io.carillon.polling.AnswerField;
import io.carillon.protocol.Reply;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One that no servlet has seen, so that its sender is nobody whom the container knows: {@link PromptHandler} takes none by whom he might
 * be. Headers of the answer wait here until there is one, since all this may come to nothing and the servlets be asked after all.
 */
final class ExchangeArrival implements Arrival {
    private final HttpServerExchange exchange;
    private final String path;
    private final @Nullable String peer;
    private final List<AnswerField> fields = new ArrayList<>(4);

    /** @param path below the context root; nothing in it is encoded */
    ExchangeArrival(HttpServerExchange exchange, String path) {
        this(exchange, path, null);
    }

    /** @param peer if it is known already */
    ExchangeArrival(HttpServerExchange exchange, String path, @Nullable String peer) {
        this.exchange = exchange;
        this.path = path;
        this.peer = peer;
    }

    /** What an answer past Undertow's conduits, on a connection that stays, has in its head: for the {@link io.carillon.gate.Doorkeeper}, and for Undertow. */
    List<AnswerField> fields() {
        set("Connection", "keep-alive");
        return fields;
    }

    /** Writes the answer, and ends the exchange. Once, from any thread; nothing happens if it has been ended with its connection. */
    void answer(Reply reply) {
        if (exchange.isInIoThread()) {
            write(reply);
        } else {
            exchange.getIoThread().execute(() -> write(reply));
        }
    }

    private void write(Reply reply) {
        if (exchange.isComplete()) {
            return;
        }
        putAll(exchange.getResponseHeaders(), reply);
        PipelinedAnswers.keep(exchange);
        exchange.setStatusCode(reply.status());
        exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()), IoCallback.END_EXCHANGE);
    }

    private void putAll(HeaderMap headers, Reply reply) {
        for (AnswerField field : fields) {
            if (field.alone()) {
                headers.put(FieldNames.of(field.name()), field.value());
            } else {
                headers.add(FieldNames.of(field.name()), field.value());
            }
        }
        headers.put(Headers.CONTENT_TYPE, reply.type());
        reply.fields((name, value) -> headers.put(FieldNames.of(name), value));
    }

    @Override
    public String method() {
        return exchange.getRequestMethod().toString();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(FieldNames.of(name));
    }

    @Override
    public String peer() {
        return peer == null ? peer(exchange) : peer;
    }

    static String peer(HttpServerExchange exchange) {
        InetSocketAddress peer = exchange.getSourceAddress();
        InetAddress address = peer.getAddress();
        return address == null ? peer.getHostString() : address.getHostAddress();
    }

    /** Where it matters, in the demo mode, the doorkeeper asks nobody here. */
    @Override
    public boolean cameInHere() {
        return false;
    }

    @Override
    public @Nullable String ticket() {
        return null;
    }

    @Override
    public @Nullable String login() {
        return null;
    }

    @Override
    public boolean inRole(String role) {
        return false;
    }

    @Override
    public void set(String name, String value) {
        fields.add(new AnswerField(name, value, true));
    }

    @Override
    public void add(String name, String value) {
        fields.add(new AnswerField(name, value, false));
    }
}
