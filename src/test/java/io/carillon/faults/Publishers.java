package io.carillon.faults;

import io.carillon.client.JsonObject;
import io.carillon.client.Target;
import io.carillon.client.WholeAnswers;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that publish, one request at a time each, and write down every answer in the ledger. They go on through whatever
 * happens to the hub.
 *
 * <p>Those with keys retry until they have an answer, and now and then send again what was answered before: the first
 * answer must come again. Those without leave open what was not answered.
 */
final class Publishers implements AutoCloseable {

    /**
     * How they publish.
     *
     * @param perSecond of all threads together; 0 is as fast as they can
     * @param room characters that fill each publication
     */
    record Style(int threads, boolean keyed, int perSecond, int room) {}

    private static final int REMEMBERED = 50;
    private static final int REPEAT_EVERY = 20;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Target target;
    private final Ledger ledger;
    private final List<String> channels;
    private final Style style;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong full = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean abandoning;
    private volatile @Nullable Throwable failure;

    Publishers(Target target, Ledger ledger, List<String> channels, Style style) {
        this.target = target;
        this.ledger = ledger;
        this.channels = channels;
        this.style = style;
    }

    Publishers start() {
        for (int i = 0; i < style.threads; i++) {
            int seed = i;
            Thread thread = new Thread(() -> run(seed), "publisher " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    /** Answers that said: stored before. */
    long duplicates() {
        return duplicates.get();
    }

    /** Requests that were sent again because there was no answer. */
    long retries() {
        return retries.get();
    }

    /** Answers that said: no room. */
    long full() {
        return full.get();
    }

    /** Each thread ends after its answer; what has none after 30 s stays open. */
    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join(30_000);
                abandoning = true;
                thread.join(30_000);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException("a publisher has failed", failure);
        }
    }

    private void run(int seed) {
        Random random = new Random(seed);
        List<Sent> answered = new ArrayList<>();
        long interval = style.perSecond == 0 ? 0 : 1_000_000_000L * style.threads / style.perSecond;
        long next = System.nanoTime() + (interval == 0 ? 0 : random.nextLong(interval));
        try (Link link = new Link(target)) {
            for (int i = seed; !stopping; i++) {
                if (style.keyed && i % REPEAT_EVERY == 0 && !answered.isEmpty()) {
                    send(link, answered.get(random.nextInt(answered.size())));
                }
                String channel = channels.get(i % channels.size());
                Sent sent = new Sent(channel, ledger.send(channel));
                if (send(link, sent)) {
                    answered.add(sent);
                    if (answered.size() > REMEMBERED) {
                        answered.remove(0);
                    }
                }
                next = Math.max(next + interval, System.nanoTime() - 100_000_000L);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private record Sent(String channel, int number) {}

    /** True when it was acknowledged. */
    private boolean send(Link link, Sent sent) {
        String path = "v1/channels/" + sent.channel + "/publications";
        String headers = "Content-Type: application/json\r\n"
                + (style.keyed ? "Idempotency-Key: " + sent.channel + "-" + sent.number + "\r\n" : "");
        boolean open = true;
        while (open) {
            try {
                String body = Payload.json(sent.channel, sent.number, System.nanoTime(), style.room);
                WholeAnswers.Answer answer = link.post(path, headers, body);
                switch (answer.status()) {
                    case 201 -> {
                        JsonObject json = JsonObject.parse(answer.body());
                        ledger.stored(sent.channel, sent.number, json.number("id"));
                        if (json.is("duplicate")) {
                            duplicates.incrementAndGet();
                        }
                        return true;
                    }
                    case 507 -> {
                        full.incrementAndGet();
                        ledger.refused(sent.channel, sent.number);
                        LockSupport.parkNanos(PAUSE_NANOS);
                        return false;
                    }
                    // Not deployed yet, or going down. Stored or not is unknown.
                    case 404, 500, 502, 503 -> open = style.keyed;
                    default -> throw new IllegalStateException("a publication is answered " + answer);
                }
            } catch (ConnectException e) {
                LockSupport.parkNanos(PAUSE_NANOS); // nobody is there, so nothing was sent
            } catch (IOException e) {
                open = style.keyed;
            }
            retries.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
            open &= !abandoning;
        }
        return false;
    }

    /** One more publication to each channel, retried until it is acknowledged: the end that subscribers wait for. */
    static void finish(Target target, Ledger ledger, List<String> channels) {
        Publishers last = new Publishers(target, ledger, channels, new Style(1, true, 0, 0));
        try (Link link = new Link(target)) {
            for (String channel : channels) {
                if (!last.send(link, new Sent(channel, ledger.send(channel)))) {
                    throw new IllegalStateException("the hub does not take the last publication to " + channel);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
