package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.protocol.Reply;
import io.carillon.publish.PlainAddress;
import io.carillon.publish.PromptPublisher;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/** Waits for the body of a request to publish, and nobody with it, and has it published. By the IO thread of its connection; so it has no lock. */
final class PublishErrand implements ChannelListener<StreamSourceChannel> {
    private final HttpServerExchange exchange;
    private final PromptPublisher publisher;
    private final PlainAddress address;
    private final Visitor visitor;
    private final Consumer<Reply> answer;
    private final ByteBuffer body;

    /** @param length bytes of the body */
    PublishErrand(
            HttpServerExchange exchange,
            PromptPublisher publisher,
            PlainAddress address,
            Visitor visitor,
            Consumer<Reply> answer,
            int length) {
        this.exchange = exchange;
        this.publisher = publisher;
        this.address = address;
        this.visitor = visitor;
        this.answer = answer;
        this.body = ByteBuffer.allocate(length);
    }

    void start() {
        StreamSourceChannel channel = exchange.getRequestChannel();
        if (!read(channel)) {
            PipelinedAnswers.letGo(exchange);
            channel.getReadSetter().set(this);
            channel.resumeReads();
        }
    }

    /** More of the body. */
    @Override
    public void handleEvent(StreamSourceChannel channel) {
        read(channel);
    }

    /** True if there is nothing more to wait for. */
    private boolean read(StreamSourceChannel channel) {
        try {
            while (body.hasRemaining()) {
                int bytes = channel.read(body);
                if (bytes == 0) {
                    return false;
                }
                if (bytes < 0) {
                    throw new IOException("the body ended early");
                }
            }
        } catch (IOException e) {
            channel.suspendReads();
            answer.accept(publisher.broken(e));
            return true;
        }
        channel.suspendReads();
        publisher.publish(visitor, address, this::header, body.array(), answer);
        if (!exchange.isResponseStarted()) { // it waits for the journal
            PipelinedAnswers.letGo(exchange);
        }
        return true;
    }

    private @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(FieldNames.of(name));
    }
}
