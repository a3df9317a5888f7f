package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.MassClient;
import io.carillon.client.Publisher;
import io.carillon.client.RawClient;
import io.carillon.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One client, however slow, dead or hostile, delays no other and costs a bounded amount of memory.
 *
 * <p>The publisher waits for the healthy, never for the bad: at most {@link #AHEAD} requests are not with all of them.
 * The hub must run with a progress limit of a few seconds.
 */
interface BadClientsContract extends Contract {
    int HEALTHY = 5;
    int EACH_KIND = 4;
    int BATCH = 100;
    int BATCHES = 200;
    int BATCHES_BEFORE = 60;
    int AHEAD = 4;
    Duration PATIENCE = Duration.ofSeconds(20);
    /** Comes back in each answer, so that these soon fill what the sockets hold. */
    String LONG_REF = "r".repeat(128);

    String KILOBYTE = "\"" + "k".repeat(1022) + "\"";

    /** How much live heap may grow: what the hub may retain, the bad clients' share, and the server's own caches. */
    long heapGrowth();

    @ParameterizedTest
    @EnumSource(Wire.class)
    default void badClientsHarmNobodyAndCostLittle(Wire wire) {
        String channel = freshChannel();
        ServerProcess server = ServerProcess.listeningOn(target().port());
        Publisher publisher = publisher();
        long start = publisher.publish(channel, "0");
        List<Long> ids = new ArrayList<>();
        List<RawClient> stuck = new ArrayList<>();
        List<RawClient> vanishing = new ArrayList<>();
        ScheduledExecutorService slow = Executors.newSingleThreadScheduledExecutor();
        try (MassClient healthy = new MassClient(target(), wire, HEALTHY).connect(List.of(channel), start)) {
            long[] before = publish(publisher, channel, healthy, BATCHES_BEFORE, ids);
            long heapBefore = server.liveHeap();

            for (int i = 0; i < EACH_KIND; i++) {
                long cursor = ids.get(ids.size() - 1);
                RawClient neverReads = RawClient.subscribe(target(), wire, List.of(channel), cursor);
                RawClient slowly = RawClient.subscribe(target(), wire, List.of(channel), cursor);
                var unused = slow.scheduleAtFixedRate(() -> slowly.readOne(), 1, 1, TimeUnit.SECONDS);
                stuck.add(neverReads);
                stuck.add(slowly);
                vanishing.add(RawClient.subscribe(target(), wire, List.of(channel), cursor));
            }
            assertThat(Expect.until(PATIENCE, () -> present(channel) == HEALTHY + 3 * EACH_KIND))
                    .as("the bad have come: %s", presence(channel))
                    .isTrue();
            long[] with = publish(publisher, channel, healthy, BATCHES / 2, ids);
            vanishing.forEach(RawClient::reset);
            with = concat(with, publish(publisher, channel, healthy, BATCHES / 2, ids));

            Expect.exactly(healthy, ids);
            long heap = server.liveHeap() - heapBefore;
            Figures.record(
                    "bad-clients",
                    "%s %s: publish of %d x 1 KB p50 %.1f p99 %.1f ms before, p50 %.1f p99 %.1f ms with %d bad clients; "
                            + "live heap %+d KB, peak RSS %d MB",
                    target().server(),
                    wire,
                    BATCH,
                    Figures.percentile(50, before),
                    p99(before),
                    Figures.percentile(50, with),
                    p99(with),
                    3 * EACH_KIND,
                    heap >> 10,
                    server.residentPeak() >> 20);
            assertThat(p99(with))
                    .as("p99 of a publish of %s x 1 KB in ms; without bad clients %s", BATCH, p99(before))
                    .isLessThan(5 * p99(before) + 250);
            assertThat(heap).as("growth of live heap with bad clients, bytes").isLessThan(heapGrowth());
            assertThat(Expect.until(PATIENCE, () -> present(channel) <= HEALTHY))
                    .as("the bad are gone, though they have read nothing: %s", presence(channel))
                    .isTrue();
            slow.shutdownNow();
            Map<String, Integer> endings = new TreeMap<>();
            for (RawClient client : stuck) {
                boolean over = client.drainToEnd(PATIENCE);
                endings.merge(client.ending(), 1, Integer::sum);
                if (wire != Wire.POLL) { // whoever reads a poll's answer late gets it late
                    assertThat(over).as("%s is ended by the hub", client).isTrue();
                }
            }
            Figures.record(
                    "bad-clients",
                    "%s %s: those who read nothing or a byte a second ended with %s",
                    target().server(),
                    wire,
                    endings);
        } finally {
            slow.shutdownNow();
            stuck.forEach(RawClient::close);
        }
    }

    /** It sends as fast as the server takes it, and reads none of the answers. */
    @Test
    default void aFloodOfSubscriptionsEndsTheFlooderAlone() throws InterruptedException {
        String channel = freshChannel();
        try (Bystanders bystanders = new Bystanders(target(), freshChannel());
                RawClient client = RawClient.webSocket(target(), List.of(channel))) {
            Thread flood = new Thread(() -> {
                for (int i = 0; i < 100_000; i++) {
                    if (!client.sendText(
                            "{\"type\":\"subscribe\",\"channel\":\"flood-" + i + "\",\"ref\":\"" + LONG_REF + "\"}")) {
                        return;
                    }
                }
            });
            flood.start();
            bystanders.publish();

            assertThat(Expect.until(PATIENCE.multipliedBy(3), () -> present(channel) == 0))
                    .as("the flooder is gone, though it has read nothing: %s", presence(channel))
                    .isTrue();
            bystanders.publish();
            flood.join(PATIENCE.toMillis());
            assertThat(client.drainToEnd(PATIENCE))
                    .as("%s is ended by the hub", client)
                    .isTrue();
        }
    }

    /** Latency of each request in nanoseconds; their ids are added. */
    private static long[] publish(
            Publisher publisher, String channel, MassClient healthy, int batches, List<Long> ids) {
        List<String> batch = Collections.nCopies(BATCH, KILOBYTE);
        long[] latency = new long[batches];
        for (int i = 0; i < batches; i++) {
            long begin = System.nanoTime();
            ids.addAll(publisher.publishAll(channel, batch));
            latency[i] = System.nanoTime() - begin;
            long mustBeThere = ids.get(Math.max(0, ids.size() - 1 - AHEAD * BATCH));
            Expect.until(Duration.ofSeconds(20), () -> healthy.slowest() >= mustBeThere || healthy.ended() > 0);
        }
        return latency;
    }

    private static double p99(long[] nanos) {
        return Figures.percentile(99, nanos);
    }

    private static long[] concat(long[] a, long[] b) {
        long[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
