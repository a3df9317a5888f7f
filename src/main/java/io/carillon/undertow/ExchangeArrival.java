package io.carillon.undertow;

import io.carillon.polling.AnswerField;
import io.carillon.polling.PlainArrival;
import io.carillon.protocol.Reply;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One that no servlet has seen: {@link PromptHandler} takes none whose sender the container might know.
 */
final class ExchangeArrival extends PlainArrival {
    private final HttpServerExchange exchange;
    private final String path;
    private final @Nullable String peer;

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

    /** The same for an answer that is written past Undertow, on a connection that stays. */
    List<AnswerField> fieldsToStay() {
        set("Connection", "keep-alive");
        return fields();
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
        for (AnswerField field : fields()) {
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
}
