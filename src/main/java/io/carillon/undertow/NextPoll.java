package io.carillon.undertow;

import io.carillon.polling.AnswerField;
import io.carillon.polling.KnownPoll;
import io.carillon.polling.WholeAnswers;
import io.carillon.protocol.Reply;
import io.carillon.transport.UndertowDeparture;
import io.carillon.transport.longpoll.PollQuery;
import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.DateUtils;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Reads what comes after the answer to a poll. If it is that poll again, with another cursor, it is served without that Undertow hears of it
 * (docs/adr/0028); all else Undertow reads, as if nobody had been here.
 *
 * <p>One for a connection on which somebody polls, between the exchanges of Undertow's and in the place of its listener. Threads: the IO thread of the connection, on which all
 * of this happens. Never blocks.
 */
final class NextPoll implements ChannelListener<ConduitStreamSourceChannel> {
    /**
     * What Undertow has read.
     *
     * @param peer as {@link ExchangeArrival#peer()}
     */
    record Parsed(HttpServerExchange exchange, String peer) {}

    /** Serves a poll that is the same again. */
    interface Service {
        /**
         * Begins, and has it answered at once or later, by {@link #answer} or {@link #cut}.
         *
         * @return to be run if the client leaves before; null if it cannot be served here, and nothing has happened
         */
        @Nullable
        Runnable serve(KnownPoll<Parsed> poll, long cursor, NextPoll to);

        /** One that was begun is over, whichever way. */
        void over();
    }

    private static final AttachmentKey<NextPoll> KEY = AttachmentKey.create(NextPoll.class);

    /** After so many requests in a row that are not the poll before, nobody looks for it any more. */
    private static final int MOST_MISSES = 3;

    /** At least that often a poll goes all the way, past whatever handlers the server has. */
    private static final Duration MOST = Duration.ofSeconds(60);

    /** Undertow closes a connection that is idle, and thinks that of one on which nothing comes to it. This is for the clocks. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final HttpServerConnection connection;
    private final PlainSocket socket;
    private final WholeAnswers answers;
    private final Service service;
    private final long longest;

    private @Nullable ChannelListener<? super ConduitStreamSourceChannel> undertows;
    private long idleSince;
    private byte @Nullable [] head;
    private @Nullable KnownPoll<Parsed> known;
    private long hold;
    private int misses;
    private boolean held;
    private Runnable gone = NextPoll::nobody;

    private NextPoll(HttpServerConnection connection, PlainSocket socket, WholeAnswers answers, Service service) {
        this.connection = connection;
        this.socket = socket;
        this.answers = answers;
        this.service = service;
        int millis = connection.getUndertowOptions().get(UndertowOptions.NO_REQUEST_TIMEOUT, -1);
        Duration idle = millis < 0 ? MOST : Duration.ofMillis(Math.min(millis, MOST.toMillis()));
        this.longest = idle.minus(SLACK).toNanos();
    }

    /**
     * Waits for the one after this poll, of which nobody else wants to know ({@link Onlookers}). To be called before that is answered.
     *
     * @param query what it asks for
     * @param answers of the connection's IO thread
     */
    static void after(
            HttpServerExchange exchange,
            HttpServerConnection connection,
            PollQuery query,
            WholeAnswers answers,
            Service service) {
        if (!exchange.isPersistent() || !UndertowDeparture.mayListen(connection, query.holdFor())) {
            return; // nothing comes after it, or Undertow's timeout ends who listens
        }
        NextPoll next = connection.getAttachment(KEY);
        if (next == null) {
            PlainSocket socket = PlainSocket.under(connection);
            if (socket == null) {
                return;
            }
            next = new NextPoll(connection, socket, answers, service);
            connection.putAttachment(KEY, next);
        }
        next.follow(exchange, query);
    }

    private void follow(HttpServerExchange exchange, PollQuery query) {
        if (head != null) {
            known = KnownPoll.of(
                    head,
                    exchange.getRequestURI() + '?' + exchange.getQueryString(),
                    exchange.getQueryParameters()::get,
                    query,
                    new Parsed(exchange, ExchangeArrival.peer(exchange)));
            hold = query.holdFor().toNanos();
        }
        if (misses < MOST_MISSES && connection.getPipelineBuffer() == null) {
            exchange.addExchangeCompleteListener((ended, others) -> {
                others.proceed(); // Undertow is the last of them
                listen();
            });
        }
    }

    /** Undertow waits for the next request. */
    private void listen() {
        ConduitStreamSourceChannel source = source();
        if (connection.isOpen() && connection.getExtraBytes() == null && source.isReadResumed()) {
            undertows = source.getReadListener();
            source.setReadListener(this);
            idleSince = System.nanoTime();
        }
    }

    @Override
    public void handleEvent(ConduitStreamSourceChannel source) {
        PooledByteBuffer buffer = connection.getByteBufferPool().allocate();
        int count;
        try {
            count = source.read(buffer.getBuffer());
        } catch (IOException e) {
            count = -1;
        }
        if (count > 0) {
            buffer.getBuffer().flip();
            hear(source, buffer);
            return;
        }
        buffer.close();
        if (count < 0) {
            source.suspendReads();
            IoUtils.safeClose(connection);
            if (held) {
                Runnable leaves = gone;
                over();
                leaves.run();
            }
        }
    }

    private void hear(ConduitStreamSourceChannel source, PooledByteBuffer buffer) {
        if (held) {
            connection.ungetRequestBytes(buffer); // for when it is its turn
            source.suspendReads();
            return;
        }
        KnownPoll<Parsed> poll = known;
        long cursor = poll == null ? KnownPoll.OTHER : poll.cursor(buffer.getBuffer());
        if (poll != null && cursor != KnownPoll.OTHER) {
            misses = 0;
            if (System.nanoTime() - idleSince <= longest - hold && served(poll, cursor)) {
                buffer.close();
                return;
            }
        } else {
            misses++;
        }
        known = null;
        head = copy(buffer.getBuffer());
        connection.ungetRequestBytes(buffer);
        try {
            leave();
        } finally {
            head = null;
        }
    }

    private boolean served(KnownPoll<Parsed> poll, long cursor) {
        held = true;
        Runnable leaves;
        try {
            leaves = service.serve(poll, cursor, this);
        } catch (RuntimeException | Error e) {
            cut(); // who waits for an answer that never comes
            throw e;
        }
        if (leaves == null) {
            held = false;
            return false;
        }
        if (held) {
            gone = leaves;
        }
        return true;
    }

    /** Of which {@link #follow} learns, if it is a poll and nothing else. */
    private static byte @Nullable [] copy(ByteBuffer bytes) {
        if (bytes.remaining() > KnownPoll.LONGEST) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    /** Undertow reads what there is, and what comes. */
    private void leave() {
        ConduitStreamSourceChannel source = source();
        ChannelListener<? super ConduitStreamSourceChannel> listener = undertows;
        source.setReadListener(listener);
        if (listener != null) {
            listener.handleEvent(source);
        }
    }

    /**
     * Writes the answer to a poll that is being served. Nothing happens if its client has left.
     *
     * @param done run once it is written
     */
    void answer(HttpServerExchange any, List<AnswerField> fields, Reply reply, Runnable done) {
        if (!held) {
            return;
        }
        ByteBuffer answer = answers.of(fields, reply, DateUtils.getCurrentDateTime(any), StatusCodes::getReason);
        if (socket.took(answer)) {
            answered(done);
        } else {
            socket.writeOn(answer, () -> answered(done));
        }
    }

    private void answered(Runnable done) {
        over();
        done.run();
        if (connection.isOpen() && connection.getExtraBytes() != null) {
            leave();
        }
    }

    /** Ends the connection under a poll that is being served. */
    void cut() {
        if (held) {
            over();
            IoUtils.safeClose(connection);
        }
    }

    private void over() {
        if (held) {
            held = false;
            gone = NextPoll::nobody;
            service.over();
        }
    }

    /** In the place of who wants to be told of an end. */
    static void nobody() {}

    private ConduitStreamSourceChannel source() {
        return connection.getChannel().getSourceChannel();
    }
}
