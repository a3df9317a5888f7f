package io.carillon.hook;

import io.carillon.core.Backlog;
import io.carillon.core.HubClock;
import io.carillon.core.LogLine;
import io.carillon.core.PresenceChange;
import io.carillon.core.PresenceListener;
import io.carillon.protocol.PresenceJson;
import io.carillon.protocol.WireWriter;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Posts who has joined and left to one address, in batches, in order, signed by {@link Signer}.
 *
 * <p>To hear of a change never blocks: it waits in a {@link Backlog} of at most {@link #CAPACITY}, of which the oldest is
 * dropped when there is no room. One thread of its own posts, one request at a time. What is not answered 2xx is posted
 * again, after 1 s, 2 s, 4 s and so on up to a minute, {@link #ATTEMPTS} times in all; an answer that says that it would
 * never be taken (4xx other than 408 and 429, or a redirect, which is not followed) gives it up at once. What is given up
 * is counted and logged.
 */
public final class Webhook implements PresenceListener, AutoCloseable {
    /**
     * Where to, and what.
     *
     * @param node this hub's name in what is posted
     * @param secret signs it
     * @param kinds what is posted; of others nobody hears
     * @param firstPause before the second attempt
     */
    public record Settings(
            String node, URI address, String secret, Set<PresenceChange.Kind> kinds, Duration firstPause) {
        /** Without the secret. */
        @Override
        public String toString() {
            return address + " " + kinds;
        }
    }

    /** Changes that wait, at most. */
    static final int CAPACITY = 10_000;
    /** Changes in one post, at most. */
    static final int BATCH = 500;

    static final int ATTEMPTS = 8;

    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Settings settings;
    private final HubClock clock;
    private final Signer signer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final Backlog<PresenceChange> backlog = new Backlog<>("hook", CAPACITY, BATCH, this::post);
    private final LongAdder posted = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private long serial;

    private enum Outcome {
        TAKEN,
        REFUSED,
        AGAIN
    }

    public Webhook(Settings settings, HubClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.signer = new Signer(settings.secret());
    }

    /** Begins to post. Once. */
    public Webhook start() {
        backlog.start();
        LOG.log(
                Level.INFO,
                LogLine.of("hook.started").with("url", settings.address()).say("who joins and leaves is posted"));
        return this;
    }

    @Override
    public void changed(List<PresenceChange> changes) {
        for (PresenceChange change : changes) {
            if (settings.kinds().contains(change.kind())) {
                backlog.add(change);
            }
        }
    }

    /** Changes that have been taken by their receiver. */
    public long posted() {
        return posted.sum();
    }

    /** Changes that had to go for want of room. */
    public long dropped() {
        return backlog.dropped();
    }

    /** Changes that nobody took. */
    public long givenUp() {
        return givenUp.sum();
    }

    /** Ends it, at most a second later; what waits is lost. */
    @Override
    public void close() {
        backlog.close();
    }

    // ---- on its thread ----

    private void post(List<PresenceChange> batch) throws InterruptedException {
        byte[] body = body(batch);
        String delivery = settings.node() + "-" + Long.toString(clock.millis(), Character.MAX_RADIX) + "-" + ++serial;
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = attempt(body, delivery, attempt);
            if (outcome == Outcome.TAKEN) {
                posted.add(batch.size());
                return;
            }
            if (outcome == Outcome.REFUSED || attempt == ATTEMPTS) {
                givenUp.add(batch.size());
                LOG.log(
                        Level.WARNING,
                        LogLine.of("hook.failed")
                                .with("changes", batch.size())
                                .with("attempts", attempt)
                                .with("delivery", delivery)
                                .say("nobody took these"));
                return;
            }
            Thread.sleep(pause(attempt));
        }
    }

    /** Half of it by chance, so that several hubs do not come back in one moment. */
    private long pause(int attempt) {
        long most = Math.min(LONGEST_PAUSE.toMillis(), settings.firstPause().toMillis() << (attempt - 1));
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    private Outcome attempt(byte[] body, String delivery, int attempt) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(settings.address())
                .header("Content-Type", "application/json")
                .header("Carillon-Delivery", delivery)
                .header("Carillon-Signature", signer.sign(clock.millis() / 1000, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            LOG.log(Level.DEBUG, "post {0}, attempt {1}: {2}", delivery, attempt, status);
            return outcome(status);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "post {0}, attempt {1}: {2}", delivery, attempt, e.toString());
            return Outcome.AGAIN;
        } finally {
            answer.cancel(true); // does nothing to one that is through
        }
    }

    private static Outcome outcome(int status) {
        if (status >= 200 && status < 300) {
            return Outcome.TAKEN;
        }
        return status >= 500 || status == 408 || status == 429 ? Outcome.AGAIN : Outcome.REFUSED;
    }

    private byte[] body(List<PresenceChange> batch) {
        WireWriter to = new WireWriter(64 + 160 * batch.size());
        to.ascii("{\"node\":").string(settings.node());
        return to.ascii(",\"events\":")
                .array(batch, PresenceJson::change)
                .ascii('}')
                .toBytes();
    }
}
