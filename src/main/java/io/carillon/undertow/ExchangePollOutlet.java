package io.carillon.undertow;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Outbox;
import io.carillon.polling.IoThreadOutbox;
import io.carillon.protocol.Reply;
import io.carillon.transport.longpoll.PollOutlet;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * On an exchange that is nobody else's. It ends, with or without an answer, on the IO thread of its connection, so it has no lock; what comes
 * from another thread waits with the answers of all polls of that IO thread.
 */
final class ExchangePollOutlet extends PollOutlet implements ExchangeCompletionListener {
    private final HttpServerExchange exchange;
    private final Consumer<Reply> answer;
    private final IoThreadOutbox outbox;
    private volatile @Nullable Completion completion;

    /** @param outbox of the exchange's IO thread */
    ExchangePollOutlet(HttpServerExchange exchange, Consumer<Reply> answer, IoThreadOutbox outbox) {
        this.exchange = exchange;
        this.answer = answer;
        this.outbox = outbox;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    protected void answer(Reply reply, Completion completion) {
        this.completion = completion;
        exchange.addExchangeCompleteListener(this);
        if (exchange.isInIoThread()) {
            answer.accept(reply);
        } else {
            outbox.add(() -> answer.accept(reply));
        }
    }

    /** The exchange may be kept for the next poll, and keeps its listeners: the hub's connection is let go of. */
    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        Completion told = completion;
        completion = null;
        try {
            if (told != null) {
                told.finished();
            }
        } finally {
            next.proceed();
        }
    }

    /** With its connection ends the exchange, too. */
    @Override
    public void abort(CloseReason reason) {
        exchange.getIoThread().execute(() -> {
            if (!exchange.isComplete()) {
                IoUtils.safeClose(exchange.getConnection());
            }
        });
    }
}
