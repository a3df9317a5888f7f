package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Publisher;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One well-behaved client on each transport, to whom something is published every 20 ms while others attack: how long each
 * publication takes from before its request until it is there, before and during the attack.
 */
final class Neighbours {
    private static final int INTERVAL_MILLIS = 20;
    /** Publications of the quiet time before: three seconds. */
    private static final int BEFORE = 150;
    /** And of the time just after it, which counts as its own: a second. */
    private static final int AFTER = 50;
    /** Nobody waits longer than that, also where two processors serve the attackers, the attacked and the neighbours. */
    private static final double MOST_MILLIS = 5_000;

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final Publisher publisher;
    private final String channel;

    private Neighbours(Target target, String channel) {
        this.publisher = new Publisher(target);
        this.channel = channel;
        long start = publisher.publish(channel, "0");
        for (Wire wire : Wire.values()) {
            subscribers.add(wire.subscriber(target).connect(List.of(channel), start));
        }
    }

    private synchronized void publish() {
        sent.add(System.nanoTime());
        ids.add(publisher.publish(channel, "{\"n\":" + ids.size() + "}"));
    }

    private synchronized int published() {
        return ids.size();
    }

    /** Runs the attack; the neighbours get everything once, and soon. The figures are in {@code target/figures/attacks.txt}. */
    static void during(Target target, String channel, String name, Runnable attack) {
        Neighbours neighbours = new Neighbours(target, channel);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var publishing = clock.scheduleAtFixedRate(neighbours::publish, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            Expect.until(Duration.ofMinutes(1), () -> neighbours.published() >= BEFORE);
            int begin = neighbours.published();
            long started = System.nanoTime();
            attack.run();
            double seconds = (System.nanoTime() - started) / 1e9;
            int after = neighbours.published();
            Expect.until(Duration.ofMinutes(1), () -> neighbours.published() >= after + AFTER);
            assertThat(publishing.isDone()).as("publishing has failed").isFalse();
            clock.shutdown();
            assertThat(clock.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            neighbours.judge(target.server(), name, begin, seconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            clock.shutdownNow();
            neighbours.subscribers.forEach(Subscriber::close);
        }
    }

    private void judge(String server, String attack, int begin, double seconds) {
        for (Subscriber subscriber : subscribers) {
            Expect.exactly(subscriber, ids);
        }
        long[] before = latencies(0, begin);
        long[] during = latencies(begin, ids.size());
        Figures.record(
                "attacks",
                "%-8s %-34s %5.1f s, neighbours before: p50 %5.1f p99 %6.1f max %6.1f ms, during: p50 %5.1f p99 %6.1f max"
                        + " %6.1f ms",
                server,
                attack,
                seconds,
                Figures.percentile(50, before),
                Figures.percentile(99, before),
                Figures.percentile(100, before),
                Figures.percentile(50, during),
                Figures.percentile(99, during),
                Figures.percentile(100, during));
        assertThat(Figures.percentile(100, during))
                .as("longest wait of a neighbour, ms")
                .isLessThan(MOST_MILLIS);
    }

    private long[] latencies(int from, int to) {
        return subscribers.stream()
                .map(Subscriber::times)
                .flatMapToLong(
                        times -> java.util.stream.IntStream.range(from, to).mapToLong(i -> times.get(i) - sent.get(i)))
                .toArray();
    }
}
