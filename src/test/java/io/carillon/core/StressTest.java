package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.core.FakeOutlet.Mode;
import io.carillon.support.Tries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many real threads, bounded by counts and not by time; afterwards each client's stream is held against the promise. */
class StressTest {
    private static final int PUBLISHERS = 4;
    private static final int CLIENTS = 64;
    private static final List<String> TARGETS =
            List.of("a.0", "a.1", "a.2", "a.3", "b.0", "b.1", "b.2", "b.3", "a.*", "b.*", "*.0", "**");

    private final ThreadPoolExecutor lanes = pool(2);
    private final ThreadPoolExecutor elsewhere = pool(2);
    private final Ledger ledger = new Ledger();
    private final List<Incarnation> lives = new ArrayList<>();

    /** One connection of one client, from its opening to its end. */
    private record Incarnation(FakeOutlet outlet, Connection connection, List<String> targets, boolean alive) {}

    @AfterEach
    void stop() {
        lanes.shutdownNow();
        elsewhere.shutdownNow();
    }

    @Test
    void promiseHoldsUnderEvictionAndChurnOfSubscriptions() throws Exception {
        run(settings -> settings.retention(5, Duration.ofDays(1), Long.MAX_VALUE), 8);
    }

    @Test
    void promiseHoldsWhileChannelsAreForgottenAndTheHubsMemoryIsFull() throws Exception {
        run(
                settings -> settings.retention(50, Duration.ofDays(1), Long.MAX_VALUE)
                        .maxChannels(12)
                        .maxPatterns(4)
                        .memory(40_000),
                40);
    }

    private void run(UnaryOperator<TestHub.Settings> settings, int channels) throws Exception {
        TestHub hub = TestHub.with(settings, lanes::execute);
        ExecutorService actors = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            Random random = new Random(i);
            running.add(actors.submit(() -> publish(hub, random, channels, Tries.of(400))));
        }
        for (int i = 0; i < 2; i++) {
            Random random = new Random(100 + i);
            running.add(actors.submit(() -> behaveAsClients(hub, random, CLIENTS / 2, Tries.of(1_500))));
        }
        running.add(actors.submit(() -> {
            for (int i = 0; i < Tries.of(200); i++) {
                hub.hub.sweep();
                hub.hub.beat();
            }
        }));
        for (Future<?> future : running) {
            get(future);
        }
        actors.shutdown();
        becomeQuiet();
        check(hub);
    }

    private void publish(TestHub hub, Random random, int channels, int times) {
        for (int i = 0; i < times; i++) {
            String[] batch = new String[1 + random.nextInt(3)];
            for (int j = 0; j < batch.length; j++) {
                int channel = random.nextInt(channels);
                batch[j] = (channel % 2 == 0 ? "a." : "b.") + channel / 2;
            }
            try {
                List<Long> ids = random.nextBoolean() ? hub.publishTogether(batch) : hub.publishWithoutWaiting(batch);
                for (int j = 0; j < batch.length; j++) {
                    ledger.acknowledged(ids.get(j), batch[j], 0);
                }
            } catch (RefusedException e) {
                // full: not acknowledged
            }
        }
    }

    private void behaveAsClients(TestHub hub, Random random, int count, int steps) {
        Incarnation[] clients = new Incarnation[count];
        List<Incarnation> ended = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int who = random.nextInt(count);
            Incarnation client = clients[who];
            if (client == null) {
                clients[who] = open(hub, random, someTargets(random), random.nextBoolean() ? null : 0L);
            } else if (random.nextInt(4) == 0) {
                clients[who] = reconnect(hub, random, client);
                ended.add(client);
            } else if (random.nextBoolean()) {
                subscribe(hub, client, TARGETS.get(random.nextInt(TARGETS.size())), random.nextInt(3) == 0 ? 0L : null);
            } else {
                unsubscribe(hub, client, random);
            }
        }
        synchronized (lives) {
            for (Incarnation client : ended) {
                lives.add(new Incarnation(client.outlet, client.connection, client.targets, false));
            }
            for (Incarnation client : clients) {
                if (client != null) {
                    lives.add(client);
                }
            }
        }
    }

    private @Nullable Incarnation open(TestHub hub, Random random, List<String> targets, @Nullable Long since) {
        Encoder encoder =
                random.nextInt(3) == 0 ? LineEncoder.single() : new LineEncoder(1 + random.nextInt(20), 1 << 16);
        Mode mode = switch (random.nextInt(4)) {
            case 0 -> Mode.INLINE;
            case 1 -> Mode.EARLY;
            default -> Mode.ELSEWHERE;
        };
        FakeOutlet outlet = new FakeOutlet(encoder, mode, elsewhere);
        Opening opening = new Opening(
                new Client(Transport.WEBSOCKET, null, ""),
                TestHub.patterns(targets.toArray(new String[0])),
                since,
                null);
        try {
            Connection connection = hub.hub.open(opening, outlet, TestHub.ANSWERS);
            return new Incarnation(outlet, connection, new ArrayList<>(targets), true);
        } catch (RefusedException e) {
            return null;
        }
    }

    private @Nullable Incarnation reconnect(TestHub hub, Random random, Incarnation client) {
        if (random.nextBoolean()) {
            client.connection.gone();
        } else {
            client.connection.close(CloseReason.KICKED);
        }
        long cursor = client.outlet.cursor();
        return open(hub, random, someTargets(random), cursor == 0 ? null : cursor);
    }

    private void subscribe(TestHub hub, Incarnation client, String target, @Nullable Long since) {
        boolean begins = since != null || client.connection.feed().find(target) == null;
        client.outlet.note("subscribing " + target + ' ' + begins);
        try {
            hub.subscribe(client.connection, target, since);
        } catch (RefusedException e) {
            client.outlet.note("refused " + target);
        }
    }

    private static void unsubscribe(TestHub hub, Incarnation client, Random random) {
        List<String> channels = client.connection.channels();
        if (!channels.isEmpty()) {
            String target = channels.get(random.nextInt(channels.size()));
            client.outlet.note("unsubscribing " + target);
            LockSupport.parkNanos(
                    random.nextInt(1_000_000)); // so that its answer and its first frame come in between, too
            hub.hub.unsubscribe(client.connection, target);
        }
    }

    private static List<String> someTargets(Random random) {
        List<String> targets = new ArrayList<>();
        for (String target : TARGETS) {
            if (random.nextInt(6) == 0) {
                targets.add(target);
            }
        }
        return targets;
    }

    private void becomeQuiet() {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            boolean quiet = true;
            for (int i = 0; i < 3; i++) { // one pool may have woken the other between two looks
                quiet &= lanes.getActiveCount() == 0 && lanes.getQueue().isEmpty();
                quiet &= elsewhere.getActiveCount() == 0 && elsewhere.getQueue().isEmpty();
                quiet &= lanes.getCompletedTaskCount() == lanes.getTaskCount();
            }
            return quiet && lives.stream().noneMatch(life -> life.outlet.inFlight());
        });
    }

    private void check(TestHub hub) {
        long read = 0;
        for (Incarnation life : lives) {
            PromiseChecker checker = new PromiseChecker(ledger, entry -> false, entry -> false);
            checker.opening(life.targets);
            List<Line> lines = life.outlet.lines();
            lines.forEach(checker::read);
            if (life.alive && life.connection.open()) {
                checker.settled();
            }
            assertThat(checker.violations())
                    .as("%s %s", life.targets, life.connection)
                    .isEmpty();
            life.outlet.assertRespected();
            read += life.outlet.messages().size();
        }
        assertThat(read).isGreaterThan(1_000);
        assertThat(hub.hub.index().bytes())
                .isLessThanOrEqualTo(hub.hub.settings().memory());
        assertThat(hub.hub.connections().count()).isEqualTo((int)
                lives.stream().filter(life -> life.connection.open()).count());
    }

    private static void get(Future<?> future) throws InterruptedException, ExecutionException {
        future.get();
    }

    private static ThreadPoolExecutor pool(int threads) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }
}
