package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Outbox;
import io.carillon.gate.Doorkeeper;
import io.carillon.polling.IoThreadOutbox;
import io.carillon.polling.KnownPoll;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.Reply;
import io.carillon.transport.longpoll.PollOutlet;
import io.carillon.transport.longpoll.Polls;
import io.undertow.server.HttpServerExchange;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Serves polls that are the same again: who it is, whether he may, and what there is for him, is asked each time. Of one IO thread; what comes from
 * others waits in its outbox.
 */
final class RepeatedPolls implements NextPoll.Service {
    private final ServletContext context;
    private final UnderWay underWay;
    private final XnioIoThread thread;
    private final IoThreadOutbox outbox;

    RepeatedPolls(ServletContext context, UnderWay underWay, XnioIoThread thread, IoThreadOutbox outbox) {
        this.context = context;
        this.underWay = underWay;
        this.thread = thread;
        this.outbox = outbox;
    }

    @Override
    public @Nullable Runnable serve(KnownPoll<NextPoll.Parsed> poll, long cursor, NextPoll to) {
        if (!(context.getAttribute(PromptHandler.DOORKEEPER) instanceof Doorkeeper doorkeeper)
                || !(context.getAttribute(PollRoute.POLLS) instanceof Polls polls)
                || !underWay.begin()) {
            return null;
        }
        HttpServerExchange exchange = poll.request().exchange();
        ExchangeArrival arrival =
                new ExchangeArrival(exchange, Polls.PATH, poll.request().peer());
        Visitor visitor;
        try {
            visitor = doorkeeper.admitAtOnce(arrival);
        } catch (ProtocolException e) {
            to.answer(exchange, arrival.fieldsToStay(), Reply.of(e.fault()), NextPoll::nobody);
            return NextPoll::nobody;
        }
        if (visitor == null) {
            underWay.end();
            return null;
        }
        Outlet outlet = new Outlet(exchange, arrival, doorkeeper, to);
        try {
            return polls.hold(polls.admit(visitor, poll.query(cursor)), outlet)::gone;
        } catch (RuntimeException e) {
            outlet.write(Reply.of(Fault.of(e)), NextPoll::nobody);
            return NextPoll::nobody;
        }
    }

    @Override
    public void over() {
        underWay.end();
    }

    private final class Outlet extends PollOutlet {
        private final HttpServerExchange exchange;
        private final ExchangeArrival arrival;
        private final Doorkeeper doorkeeper;
        private final NextPoll to;

        Outlet(HttpServerExchange exchange, ExchangeArrival arrival, Doorkeeper doorkeeper, NextPoll to) {
            this.exchange = exchange;
            this.arrival = arrival;
            this.doorkeeper = doorkeeper;
            this.to = to;
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        protected void answer(Reply reply, Completion completion) {
            if (Thread.currentThread() == thread) {
                write(reply, completion::finished);
            } else {
                outbox.add(() -> write(reply, completion::finished));
            }
        }

        private void write(Reply reply, Runnable done) {
            doorkeeper.count(arrival, reply.status());
            to.answer(exchange, arrival.fieldsToStay(), reply, done);
        }

        @Override
        public void abort(CloseReason reason) {
            thread.execute(to::cut);
        }
    }
}
