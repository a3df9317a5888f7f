package io.carillon.transport.sse;

import io.carillon.transport.AsyncOutput;
import io.carillon.transport.Output;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event sink that never blocks and never grows: the standard interface over the servlet's non-blocking output, since
 * the containers' own sinks block the sender, or buffer without bound, for a client that does not read.
 *
 * <p>What is sent is written in order. At most {@value #MOST_WAITING} events wait; one more fails, and nothing else does.
 *
 * <p>Threads: safe for concurrent use. This object's monitor guards the queue, and is not held while writing.
 */
public final class ServletEventSink implements SseEventSink, Output.Owner {
    private static final int MOST_WAITING = 64;

    /** Hears of the writes that it has asked for, and of the sink's end. */
    interface Listener {
        void written();

        void lost(Throwable cause);

        void ended();
    }

    /** @param sent null for a write of the listener */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Item(byte[] bytes, @Nullable CompletableFuture<Object> sent) {}

    private final Output output;
    private @Nullable Item inFlight;
    private @Nullable ArrayDeque<Item> queue;
    private boolean finishing;
    private byte @Nullable [] lastWord;
    private volatile boolean closed;
    private volatile @Nullable Listener listener;

    /** On the request's thread, with the headers set. Nothing is sent before the first event. */
    public ServletEventSink(AsyncContext context, AsyncOutput.Later later) throws IOException {
        this.output = new AsyncOutput(context, this, later, true);
    }

    /** Over another output, made for this sink. */
    ServletEventSink(Function<Output.Owner, Output> outputs) {
        this.output = outputs.apply(this);
    }

    Output output() {
        return output;
    }

    // ---- the standard interface ----

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Completes when the container has taken the event; fails when the sink is closed or too much waits. */
    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        CompletableFuture<Object> sent = new CompletableFuture<>();
        try {
            if (offer(new Item(EventBytes.of(event), sent))) {
                through(true);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void close() {
        finish(null);
    }

    // ---- for the hub: events that are encoded already, one write at a time ----

    void listen(Listener listener) {
        this.listener = listener;
    }

    /** True if it is written; else the listener hears when it is, and does not write again before that. */
    boolean write(byte[] events) {
        boolean written = offer(new Item(events, null));
        if (written) {
            through(false);
        }
        return written;
    }

    /** Writes a last word after all that waits, and ends the stream. Idempotent. */
    void finish(byte @Nullable [] word) {
        synchronized (this) {
            if (finishing || closed) {
                return;
            }
            finishing = true;
            lastWord = word;
            if (inFlight != null) {
                return; // the end follows its completion
            }
            closed = true;
        }
        output.finish(word);
    }

    /** Ends the stream without a word. Idempotent. */
    void abort() {
        output.abort();
        fail(new IOException("the event stream was cut"));
    }

    /** Reads what {@link #write} will read, as {@link io.carillon.core.Outlet#prefetch}. */
    int prefetch() {
        return (closed ? 1 : 0) + output.prefetch();
    }

    /** True if it is written, so that somebody has to go {@link #through}. */
    private boolean offer(Item item) {
        synchronized (this) {
            if (finishing || closed) {
                throw new IllegalStateException("the event sink is closed");
            }
            if (inFlight != null) {
                ArrayDeque<Item> waiting = queue == null ? new ArrayDeque<>(2) : queue;
                if (waiting.size() >= MOST_WAITING) {
                    throw new IllegalStateException(
                            MOST_WAITING + " events wait for the client to read; no more are taken");
                }
                waiting.add(item);
                queue = waiting;
                return false;
            }
            inFlight = item;
        }
        return output.write(item.bytes);
    }

    // ---- the output's word ----

    @Override
    public void written() {
        through(true);
    }

    /**
     * What is in flight is written: begins what comes next, and tells of it.
     *
     * @param tell false if the listener has written it, and hears it from {@link #write}
     */
    private void through(boolean tell) {
        boolean known = !tell;
        boolean again;
        do {
            Item done;
            Item next;
            boolean end;
            synchronized (this) {
                done = inFlight;
                next = queue == null ? null : queue.poll();
                if (next == null) {
                    queue = null;
                }
                inFlight = next;
                end = next == null && finishing && !closed;
                closed |= end;
            }
            again = next != null && output.write(next.bytes);
            if (end) {
                output.finish(lastWord);
            }
            if (!known) {
                tell(done);
            }
            known = false;
        } while (again);
    }

    private void tell(@Nullable Item written) {
        if (written != null && written.sent != null) {
            written.sent.complete(true);
        } else if (listener != null) {
            listener.written();
        }
    }

    @Override
    public void lost(Throwable cause) {
        fail(cause);
        if (listener != null) {
            listener.lost(cause);
        }
    }

    @Override
    public void ended() {
        fail(new IOException("the event stream has ended"));
        if (listener != null) {
            listener.ended();
        }
    }

    private void fail(Throwable cause) {
        ArrayDeque<Item> failed = new ArrayDeque<>(1);
        synchronized (this) {
            closed = true;
            if (inFlight != null) {
                failed.add(inFlight);
                inFlight = null;
            }
            if (queue != null) {
                failed.addAll(queue);
                queue = null;
            }
        }
        for (Item item : failed) {
            if (item.sent != null) {
                item.sent.completeExceptionally(cause);
            }
        }
    }
}
