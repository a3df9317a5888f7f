package io.carillon.polling;

import io.carillon.auth.Visitor;
import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Connection;
import io.carillon.core.Opening;
import io.carillon.core.Outbox;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.Reply;
import io.carillon.transport.longpoll.PollOutlet;
import io.carillon.transport.longpoll.PollQuery;
import io.carillon.wire.Line;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Who polls again and again on one connection, which is kept for him: one poll at a time. What he asks that is not the poll before goes
 * back to the server, with the connection; so does what cannot be answered without waiting. All that is the hub's is asked each time: who it is, whether he may, what there is for him.
 *
 * <p>Threads: that of the line, but for what an {@link Outlet} may hear from any.
 */
final class Poller implements Line.Client {
    private static final System.Logger LOG = System.getLogger(Poller.class.getName());

    /** At least that often a poll goes all the way, past whatever the server has put there. */
    private static final long MOST = Duration.ofSeconds(60).toNanos();

    private final DirectPolls polls;
    private final Desk desk;
    private final Line line;
    private final KeptArrival.Origin origin;
    private final @Nullable KnownPoll<KeptArrival.Origin> known;
    private final long since = System.nanoTime();
    private @Nullable First first;
    private @Nullable Connection held;

    /**
     * The poll with which the connection has come, and which has passed the gate.
     *
     * @param fields what its answer has in its head already
     */
    record First(Opening opening, List<AnswerField> fields) {}

    Poller(
            DirectPolls polls,
            Desk desk,
            Line line,
            @Nullable KnownPoll<KeptArrival.Origin> known,
            KeptArrival.Origin origin,
            @Nullable First first) {
        this.polls = polls;
        this.desk = desk;
        this.line = line;
        this.known = known;
        this.origin = origin;
        this.first = first;
    }

    @Override
    public void begin() {
        First begun = first;
        first = null;
        if (begun != null) {
            KeptArrival arrival = new KeptArrival(origin, begun.fields);
            hold(begun.opening, new Answer(arrival));
        }
    }

    @Override
    public void hear(ByteBuffer bytes) {
        KnownPoll<KeptArrival.Origin> poll = known;
        if (poll == null || polls.over() || System.nanoTime() - since > MOST) {
            giveBack(bytes);
            return;
        }
        long cursor = poll.cursor(bytes);
        if (cursor == KnownPoll.OTHER) {
            giveBack(bytes);
            return;
        }
        KeptArrival arrival = new KeptArrival(origin);
        Answer answer = new Answer(arrival);
        Visitor visitor;
        try {
            visitor = polls.doorkeeper.admitAtOnce(arrival);
        } catch (ProtocolException e) {
            answer.write(Reply.of(e.fault()), Poller::nobody); // which he has counted
            return;
        }
        Opening opening = visitor == null ? null : opening(visitor, poll.query(cursor));
        if (opening == null) {
            giveBack(bytes);
        } else {
            hold(opening, answer);
        }
    }

    /** Null if he is refused, for which the servlet has the words. Where an application ends, its classes may be gone before it: then the server has. */
    private @Nullable Opening opening(Visitor visitor, PollQuery query) {
        try {
            return polls.polls.admit(visitor, query);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "a poll is given back: {0}", e.toString());
            return null;
        }
    }

    private void giveBack(ByteBuffer bytes) {
        byte[] heard = new byte[bytes.remaining()];
        bytes.get(heard);
        line.giveBack(heard);
    }

    private void hold(Opening opening, Answer answer) {
        try {
            Connection connection = polls.polls.hold(opening, answer);
            if (!answer.over) {
                held = connection;
            }
        } catch (RuntimeException e) {
            answer.refuse(e);
        }
    }

    @Override
    public void gone() {
        Connection leaving = held;
        held = null;
        if (leaving != null) {
            leaving.gone();
        }
    }

    private static void nobody() {}

    /** To one poll. */
    private final class Answer extends PollOutlet {
        private final KeptArrival arrival;
        private boolean over;

        Answer(KeptArrival arrival) {
            this.arrival = arrival;
        }

        @Override
        public Outbox outbox() {
            return desk.outbox();
        }

        @Override
        protected void answer(Reply reply, Completion completion) {
            if (desk.reader().isHere()) {
                count(reply, completion::finished);
            } else {
                desk.outbox().add(() -> count(reply, completion::finished));
            }
        }

        void refuse(RuntimeException cause) {
            count(Reply.of(Fault.of(cause)), Poller::nobody);
        }

        private void count(Reply reply, Runnable done) {
            polls.doorkeeper.count(arrival, reply.status());
            write(reply, done);
        }

        void write(Reply reply, Runnable done) {
            line.fields().forEach(arrival::set);
            line.write(desk.answer(arrival.fields(), reply), () -> {
                over = true;
                held = null;
                done.run();
                line.done();
            });
        }

        @Override
        public void abort(CloseReason reason) {
            try {
                desk.reader().execute(() -> {
                    if (!over) {
                        line.cut();
                    }
                });
            } catch (RejectedExecutionException e) {
                // the application has ended, and its connections with it
            }
        }
    }
}
