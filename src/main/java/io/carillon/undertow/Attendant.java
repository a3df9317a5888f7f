package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.gate.Doorkeeper;
import io.carillon.publish.PromptPublisher;
import io.carillon.publish.Reply;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/**
 * Sees the request of one who has been admitted to its end: waits for its body without a thread, has it published, answers. All of that by
 * the IO thread of its connection, to which an answer comes back that is found elsewhere; so it has no lock.
 */
final class Attendant implements Runnable, ChannelListener<StreamSourceChannel> {
    private final HttpServerExchange exchange;
    private final ExchangeArrival arrival;
    private final Doorkeeper doorkeeper;
    private final PromptPublisher publisher;
    private final Visitor visitor;
    private final ByteBuffer body;

    /** @param length bytes of the body */
    Attendant(
            HttpServerExchange exchange,
            ExchangeArrival arrival,
            Doorkeeper doorkeeper,
            PromptPublisher publisher,
            Visitor visitor,
            int length) {
        this.exchange = exchange;
        this.arrival = arrival;
        this.doorkeeper = doorkeeper;
        this.publisher = publisher;
        this.visitor = visitor;
        this.body = ByteBuffer.allocate(length);
    }

    /** Begins. Once; nobody else ends the exchange from now on. */
    @Override
    public void run() {
        StreamSourceChannel channel = exchange.getRequestChannel();
        if (!read(channel)) {
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
            answer(Reply.refusing(e));
            return true;
        }
        channel.suspendReads();
        publisher.publish(visitor, arrival.path(), arrival::header, body.array(), this::deliver);
        return true;
    }

    private void deliver(Reply reply) {
        if (exchange.isInIoThread()) {
            answer(reply);
        } else {
            exchange.getIoThread().execute(() -> answer(reply));
        }
    }

    private void answer(Reply reply) {
        doorkeeper.count(arrival, reply.status());
        arrival.answer(reply);
    }
}
