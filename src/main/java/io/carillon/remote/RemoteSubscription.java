package io.carillon.remote;

import io.carillon.core.Gap;
import io.carillon.core.Publication;
import io.carillon.protocol.RawObject;
import io.carillon.protocol.SseEncoder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of the hub's events that is opened again whenever it breaks, with the cursor that it has come to. */
public final class RemoteSubscription implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RemoteSubscription.class.getName());
    private static final int UNAUTHORIZED = 401;

    private final Exchange exchange;
    private final String path;
    private final Duration silence;
    private final Listener listener;
    private final Consumer<RemoteSubscription> onEnd;
    private final Thread thread;
    private final BackOff backOff = new BackOff();
    private volatile @Nullable String cursor;
    private volatile boolean closed;
    private boolean refusedOnce;

    /** @param path of the stream, with a query that a cursor can be added to */
    RemoteSubscription(
            Exchange exchange,
            String path,
            @Nullable Long since,
            Duration silence,
            Listener listener,
            Consumer<RemoteSubscription> onEnd) {
        this.exchange = exchange;
        this.path = path;
        this.cursor = since == null ? null : since.toString();
        this.silence = silence;
        this.listener = listener;
        this.onEnd = onEnd;
        this.thread = new Thread(this::run, "carillon-subscription");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Everything up to it has been handed to the listener: keep it to go on from there later.
     *
     * @return null while the hub has not told where "now" is
     */
    public @Nullable Long cursor() {
        String known = cursor;
        return known == null ? null : Long.valueOf(known);
    }

    /** True until it has ended, and its listener has heard the last. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** Ends it; at most the call that is under way still returns afterwards. Does not wait, idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        onEnd.accept(this);
    }

    // ---- its thread ----

    private void run() {
        while (!closed) {
            try {
                Duration pause = follow();
                if (!closed) {
                    Exchange.sleep(pause);
                }
            } catch (RemoteHubException e) {
                if (!closed) {
                    tell(() -> listener.refused(e));
                }
                close();
            }
        }
    }

    /**
     * Follows one stream to its end.
     *
     * @return how long to wait before the next
     * @throws RemoteHubException if there is to be no next
     */
    private Duration follow() {
        String why;
        long retryMillis = -1;
        try {
            HttpRequest.Builder request = exchange.request(path + (cursor == null ? "" : "&since=" + cursor))
                    .GET();
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    exchange.once(request, BodyHandlers.ofPublisher());
            Chunks chunks = new Chunks(silence);
            response.body().subscribe(chunks);
            try (EventStream events = new EventStream(chunks)) {
                if (response.statusCode() != 200) {
                    retryMillis = refused(response, chunks);
                    why = "HTTP " + response.statusCode();
                } else {
                    refusedOnce = false;
                    tell(listener::connected);
                    why = hear(events);
                    retryMillis = events.retryMillis();
                }
            }
        } catch (RemoteHubException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // what we cannot read comes again, or a newer hub's will
            why = e.toString();
        }
        Duration pause = backOff.next().plusMillis(Math.max(0, retryMillis));
        String reason = why;
        if (!closed) {
            tell(() -> listener.disconnected(reason, pause));
        }
        return pause;
    }

    /** How long to wait; throws what will not pass. A token may have run out just now: a new one is tried once. */
    private long refused(HttpResponse<?> response, Chunks body) throws IOException {
        int status = response.statusCode();
        boolean expired = status == UNAUTHORIZED && !refusedOnce;
        if (!Exchange.passing(status) && !expired) {
            throw Wire.problem(status, body.readAllBytes());
        }
        refusedOnce = expired;
        return Exchange.retryAfter(response).toMillis();
    }

    /** Hands on what comes; returns why it has ended. */
    private String hear(EventStream events) throws IOException {
        for (EventStream.Event event; (event = events.next()) != null; ) {
            String data = event.data();
            if (closed) {
                return "closed";
            } else if (data == null) {
                // Only where we stand, or when to come back.
            } else if (event.name().equals(SseEncoder.BYE)) {
                RawObject bye = Wire.object(data);
                if (!bye.flag("reconnect")) {
                    throw new RemoteHubException(0, "", "ended by the hub: " + bye.text("reason"), null);
                }
                return String.valueOf(bye.text("reason"));
            } else if (event.name().equals(SseEncoder.GAP)) {
                Gap gap = Wire.gap(Wire.object(data));
                tell(() -> listener.gap(gap));
            } else {
                Publication publication = Wire.publication(Wire.object(data));
                tell(() -> listener.publication(publication));
                backOff.reset();
            }
            if (!events.lastId().isEmpty()) {
                cursor = events.lastId();
            }
        }
        return "ended by the server";
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener failed", e);
        }
    }
}
