package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.HubFigures.Eviction;
import io.carillon.core.HubFigures.Refusal;
import io.carillon.core.HubFigures.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static Traffic sse(TestHub hub) {
        return hub.hub.figures().transports().get(Transport.SSE);
    }

    private static long closed(TestHub hub, CloseReason.Kind kind) {
        return hub.hub.figures().closed().get(kind);
    }

    @Test
    void eachConnectionThatIsOpenedAndEndsIsCountedOnceByTheKindOfItsReason() {
        TestHub hub = TestHub.roomy();
        Connection kicked = hub.open(new FakeOutlet(), null, "a");
        Connection gone = hub.open(new FakeOutlet(), null, "a");
        hub.open(new FakeOutlet(), null, "a");
        kicked.close(CloseReason.KICKED);
        kicked.close(CloseReason.DRAIN);
        kicked.gone();
        gone.gone();
        gone.gone();

        assertThat(sse(hub).open()).isEqualTo(1);
        assertThat(sse(hub).opened()).isEqualTo(3);
        assertThat(closed(hub, CloseReason.Kind.KICKED)).isEqualTo(1);
        assertThat(closed(hub, CloseReason.Kind.GONE)).isEqualTo(1);
        assertThat(hub.hub.figures().closed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void everyReasonHasItsKind() {
        assertThat(List.of(
                        CloseReason.DONE,
                        CloseReason.GONE,
                        CloseReason.DRAIN,
                        CloseReason.slow(""),
                        CloseReason.silent(""),
                        CloseReason.EXPIRED,
                        CloseReason.KICKED,
                        CloseReason.limit(""),
                        CloseReason.forbidden("")))
                .extracting(CloseReason::kind)
                .containsExactly(CloseReason.Kind.values());
    }

    @Test
    void aPublicationCountsOnceAsAcceptedAndOnceForEachConnectionThatItGoesTo() {
        TestHub hub = TestHub.roomy();
        hub.reader("a");
        hub.reader("a");
        hub.reader("b");
        hub.publish("a", "\"12345\"");
        hub.publishTogether("a", "a", "b");

        HubFigures figures = hub.hub.figures();
        assertThat(figures.publishing().accepted()).isEqualTo(4);
        assertThat(figures.publishing().bytes()).isEqualTo(7 + 3);
        assertThat(sse(hub).publications()).isEqualTo(2 * 3 + 1);
        assertThat(sse(hub).frames()).isEqualTo(2 * 2 + 1);
        assertThat(figures.delivered()).isEqualTo(7);
        assertThat(figures.publishing().append().count()).isEqualTo(2);
        assertThat(figures.fanOutLag().count()).isEqualTo(3);
    }

    @Test
    void aDuplicateIsNoSecondPublication() {
        TestHub hub = TestHub.roomy();
        NewPublication keyed =
                new NewPublication(new ChannelName("a"), "message", "1".getBytes(StandardCharsets.UTF_8), null, "key");
        hub.hub.publish(List.of(keyed));
        hub.hub.publish(List.of(keyed));

        assertThat(hub.hub.figures().publishing().accepted()).isEqualTo(1);
        assertThat(hub.hub.figures().publishing().duplicates()).isEqualTo(1);
    }

    @Test
    void aGapIsCountedWhenItIsTold() {
        TestHub hub = TestHub.retaining(1);
        hub.publish("a");
        long before = hub.publish("a");
        hub.publishTimes(3, "a");
        assertThat(hub.hub.figures().gaps()).isZero();

        hub.reader(before, "a");

        assertThat(hub.hub.figures().gaps()).isEqualTo(1);
    }

    @Test
    void evictionsAreCountedByTheirCause() {
        TestHub hub = TestHub.with(settings ->
                settings.retention(2, Duration.ofMinutes(1), Long.MAX_VALUE).maxChannels(10));
        hub.publishTimes(5, "a");
        assertThat(hub.hub.figures().evicted()).containsEntry(Eviction.CHANNEL, 3L);

        hub.clock.advance(Duration.ofMinutes(2));
        hub.hub.sweep();
        assertThat(hub.hub.figures().evicted()).containsEntry(Eviction.AGE, 2L);

        hub.publish("a");
        for (int i = 0; i < 10; i++) {
            hub.publish("c" + i);
        }
        assertThat(hub.hub.figures().evicted())
                .containsEntry(Eviction.FORGOTTEN, 1L)
                .containsEntry(Eviction.MEMORY, 0L);
    }

    @Test
    void memoryThatIsFullEvicts() {
        TestHub hub = TestHub.with(settings -> settings.memory(64 << 10));
        hub.publishTimes(1_000, "a");

        assertThat(hub.hub.figures().evicted().get(Eviction.MEMORY)).isPositive();
        assertThat(hub.hub.figures().use().bytes()).isLessThan(64 << 10);
    }

    @Test
    void whatTheHubRefusesIsCountedByItsCause() {
        TestHub hub = TestHub.with(settings -> settings.maxChannels(1));
        hub.reader("a");
        refused(hub, it -> it.publishTogether("b", "c"));
        refused(hub, it -> it.publish("$connection.nobody"));
        hub.log.close();
        refused(hub, it -> it.publish("a"));
        hub.hub.shutdown(Duration.ZERO);
        refused(hub, it -> it.publish("a"));

        HubFigures figures = hub.hub.figures();
        assertThat(figures.publishing().refused())
                .containsEntry(Refusal.CHANNELS_FULL, 2L)
                .containsEntry(Refusal.UNKNOWN_CONNECTION, 1L)
                .containsEntry(Refusal.LOG_UNAVAILABLE, 1L)
                .containsEntry(Refusal.DRAINING, 1L)
                .containsEntry(Refusal.LOG_FULL, 0L);
        assertThat(figures.accepting()).isFalse();
        assertThat(figures.publishing().accepted()).isZero();
    }

    private static void refused(TestHub hub, Consumer<TestHub> what) {
        assertThatThrownBy(() -> what.accept(hub)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void theFanOutLagIsFromVisibleToTheLastWriteBegun() {
        HandDrivenExecutor executor = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings, executor);
        hub.reader("a");
        hub.publish("a");
        hub.clock.advance(Duration.ofMillis(20));
        hub.publish("a"); // goes with the first: the pass has not begun
        executor.runAll();

        HubFigures.Durations lag = hub.hub.figures().fanOutLag();
        assertThat(lag.count()).isEqualTo(1);
        assertThat(lag.sum()).isEqualTo(0.02);
        assertThat(lag.counts()[Arrays.binarySearch(lag.bounds(), 0.025)]).isEqualTo(1);
    }

    @Test
    void aDurationFallsIntoTheFirstBucketThatHoldsIt() {
        Timing timing = new Timing();
        timing.record(-1);
        timing.record(100_000);
        timing.record(100_001);
        timing.record(Duration.ofMinutes(1).toNanos());

        HubFigures.Durations figures = timing.figures();
        assertThat(figures.counts()).startsWith(2, 1, 0).endsWith(0, 1);
        assertThat(figures.counts()).hasSize(figures.bounds().length + 1);
        assertThat(figures.mean()).isBetween(15.0, 15.1);
    }

    @Test
    void theAgeOfTheLastBeatShowsThatTheTimerHangs() {
        TestHub hub = TestHub.roomy();
        hub.clock.advance(Duration.ofSeconds(7));
        assertThat(hub.hub.figures().beatAge()).isEqualTo(7);
        hub.hub.beat();
        assertThat(hub.hub.figures().beatAge()).isZero();
    }
}
