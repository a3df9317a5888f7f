package io.carillon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.Config;
import io.carillon.config.Layer;
import io.carillon.config.Sources;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.Gap;
import io.carillon.core.History;
import io.carillon.core.HubSettings;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.core.RefusedException;
import io.carillon.core.Retention;
import io.carillon.log.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    private final ThreadFactory factory = task -> {
        Thread thread = FanOutThreads.daemons().newThread(task);
        threads.add(thread);
        return thread;
    };

    @Test
    void aNodeTakesPublicationsUntilItIsStopped() {
        Node node = new Node(config(Map.of()), factory);
        assertThat(node.hub().publish(List.of(hello()))).hasSize(1);

        node.stop();

        assertThat(node.hub().accepting()).isFalse();
        assertThatThrownBy(() -> node.hub().publish(List.of(hello()))).isInstanceOf(RefusedException.class);
    }

    @Test
    void everyFanOutThreadStartsWithTheNodeAndEndsWithIt() throws InterruptedException {
        Node node = new Node(config(Map.of("carillon.fanout.threads", "3")), factory);
        assertThat(threads)
                .extracting(Thread::getName)
                .containsExactly("carillon-fanout-1", "carillon-fanout-2", "carillon-fanout-3");

        node.stop();
        node.stop();

        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void closingWaitsForWhatWasHandedIn() throws InterruptedException {
        FanOutThreads pool = new FanOutThreads(1, factory);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch let = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(() -> {
            begun.countDown();
            await(let);
        });
        pool.execute(done::countDown);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        let.countDown();

        pool.close();

        assertThat(done.getCount()).isZero();
    }

    @Test
    void aTaskThatHangsIsInterruptedWhenTheThreadsEnd() throws InterruptedException {
        FanOutThreads pool = new FanOutThreads(1, factory);
        pool.execute(() -> await(new CountDownLatch(1)));

        pool.close();

        Thread thread = threads.element();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void theCoreIsToldWhatWasConfigured() {
        HubSettings settings = CoreSettings.of(config(Map.ofEntries(
                Map.entry("carillon.node", "n1"),
                Map.entry("carillon.heartbeat", "11s"),
                Map.entry("carillon.silence", "12s"),
                Map.entry("carillon.progress", "13s"),
                Map.entry("carillon.presence.lease", "18s"),
                Map.entry("carillon.connections", "14"),
                Map.entry("carillon.subscriptions", "15"),
                Map.entry("carillon.channels", "16"),
                Map.entry("carillon.patterns", "17"),
                Map.entry("carillon.memory", "18MB"),
                Map.entry("carillon.history.count", "19"),
                Map.entry("carillon.history.age", "20s"),
                Map.entry("carillon.history.bytes", "21KB"),
                Map.entry("carillon.fanout.threads", "2"))));

        assertThat(settings)
                .usingRecursiveComparison()
                .ignoringFields("options")
                .isEqualTo(new HubSettings(
                        "n1",
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(18),
                        14,
                        15,
                        16,
                        17,
                        18 << 20,
                        settings.options(),
                        2));
        assertThat(settings.options().apply("any"))
                .isEqualTo(new ChannelOptions(new Retention(19, Duration.ofSeconds(20), 21 << 10)));
    }

    @Test
    void theFirstRuleThatCoversAChannelSaysWhatIsDifferentAboutIt() {
        HubSettings settings = CoreSettings.of(config(Map.of(
                "carillon.history.count", "19",
                "carillon.history.age", "20s",
                "carillon.history.bytes", "21KB",
                "carillon.channel.options", "a.b count=5 ttl=1m; a.* age=3s bytes=1KB; a.** history=off presence=on")));

        assertThat(settings.options().apply("a.b"))
                .isEqualTo(new ChannelOptions(
                        new Retention(5, Duration.ofSeconds(20), 21 << 10), true, Duration.ofMinutes(1)));
        assertThat(settings.options().apply("a.c"))
                .isEqualTo(new ChannelOptions(new Retention(19, Duration.ofSeconds(3), 1 << 10)));
        assertThat(settings.options().apply("a.b.c").history()).isFalse();
        assertThat(settings.options().apply("a.b.c").presence()).isTrue();
        assertThat(settings.options().apply("b").history()).isTrue();
        assertThat(settings.options().apply("b").presence()).isFalse();
    }

    @Test
    void aNodeWithAJournalComesBackWithWhatWasPublished(@TempDir Path directory) {
        Config config = config(Map.of("carillon.log", "journal", "carillon.journal.dir", directory.toString()));
        Node before = new Node(config, factory);
        long id = before.hub().publish(List.of(hello())).get(0).id();
        before.stop();

        Node after = new Node(config, factory);
        assertThat(after.hub().head()).isEqualTo(id);
        assertThat(after.hub().history(new ChannelName("public"), 0, 10).publications())
                .extracting(Publication::id)
                .containsExactly(id);
        after.stop();
    }

    @Test
    void whatWasForgottenStaysSoAfterARestart(@TempDir Path directory) {
        Config config = config(Map.of("carillon.log", "journal", "carillon.journal.dir", directory.toString()));
        Node before = new Node(config, factory);
        long gone = before.hub().publish(List.of(hello())).get(0).id();
        assertThat(before.hub().forget(new ChannelName("public"))).isEqualTo(1);
        long kept = before.hub().publish(List.of(hello())).get(0).id();
        before.stop();

        Node after = new Node(config, factory);
        History history = after.hub().history(new ChannelName("public"), gone - 1, 10);
        assertThat(history.publications()).extracting(Publication::id).containsExactly(kept);
        assertThat(history.gap()).isEqualTo(new Gap("public", gone - 1, gone));
        after.stop();
    }

    @Test
    void aSecondNodeOnTheSameJournalDoesNotStartAndLeavesNoThread(@TempDir Path directory) throws Exception {
        Config config = config(Map.of("carillon.log", "journal", "carillon.journal.dir", directory.toString()));
        Node first = new Node(config, factory);
        threads.clear();
        assertThatThrownBy(() -> new Node(config, factory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("in use by another hub");
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
        first.stop();
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Version.TEXT).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NewPublication hello() {
        return new NewPublication(new ChannelName("public"), "\"hello\"".getBytes(StandardCharsets.UTF_8));
    }

    private static Config config(Map<String, String> values) {
        Layer inMemory = new Layer("test's default", Map.of("carillon.log", "memory"));
        return Config.load(new Sources(List.of(new Layer("test", values), inMemory), List.of(), List.of()));
    }
}
