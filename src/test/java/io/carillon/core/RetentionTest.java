package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept: by channel and for the whole hub. */
class RetentionTest {
    private static final int ONE = new Publication(1, "a", "message", new byte[1], 0, 0).bytes();

    @Test
    void channelKeepsItsNewestByCount() {
        TestHub hub = TestHub.retaining(3);
        List<Long> ids = hub.publishTimes(10, "a");
        hub.publish("b");
        assertThat(hub.reader(0L, "a").ids()).isEqualTo(ids.subList(7, 10));
        assertThat(hub.channel("a").floor()).isEqualTo(ids.get(6));
    }

    /** Else each publication of a request would keep a text of its own. */
    @Test
    void whatAChannelKeepsSharesItsName() {
        TestHub hub = TestHub.retaining(3);
        for (int i = 0; i < 5; i++) {
            long id = hub.publish(new String("a"));
            Publication first = hub.channel("a").retained.oldest();
            assertThat(first).isNotNull();
            assertThat(first.channel()).isSameAs(hub.channel("a").name());
            assertThat(hub.channel("a").lastId()).isEqualTo(id);
        }
    }

    @Test
    void channelKeepsItsNewestByBytes() {
        TestHub hub = TestHub.with(settings -> settings.retention(100, Duration.ofDays(1), 3L * ONE));
        List<Long> ids = hub.publishTimes(10, "a");
        assertThat(hub.reader(0L, "a").ids()).isEqualTo(ids.subList(7, 10));
        long large = hub.publish("a", "x".repeat(1_000));
        assertThat(hub.reader(0L, "a").ids()).containsExactly(large);
    }

    @Test
    void channelThatKeepsNothingStillDeliversWhatIsPublished() {
        TestHub hub = TestHub.with(settings -> settings.retention(0, Duration.ZERO, 0));
        FakeOutlet client = hub.reader("a", "**");
        List<Long> ids = hub.publishTimes(5, "a");
        assertThat(client.ids()).isEqualTo(ids);
        assertThat(client.gaps()).isEmpty();
    }

    @Test
    void batchThatIsLargerThanItsChannelKeepsIsAGapAndTheNewest() {
        TestHub hub = TestHub.retaining(1);
        FakeOutlet client = hub.reader("a");
        long before = hub.hub.head();
        List<Long> ids = hub.publishTogether("a", "a", "a");
        assertThat(client.gaps()).containsExactly(new Gap("a", before, ids.get(1)));
        assertThat(client.ids()).containsExactly(ids.get(2));
    }

    @Test
    void sweepDropsWhatIsTooOldEvenTheNewest() {
        TestHub hub = TestHub.with(settings -> settings.retention(100, Duration.ofMinutes(1), Long.MAX_VALUE));
        long old = hub.publish("a");
        hub.clock.advance(Duration.ofSeconds(40));
        long young = hub.publish("a");
        hub.clock.advance(Duration.ofSeconds(21));
        assertThat(hub.reader(0L, "a").ids()).containsExactly(old, young);
        hub.hub.sweep();
        assertThat(hub.reader(0L, "a").ids()).containsExactly(young);
        hub.clock.advance(Duration.ofHours(1));
        hub.hub.sweep();
        assertThat(hub.reader(0L, "a").ids()).isEmpty();
        assertThat(hub.reader(old, "a").gaps()).containsExactly(new Gap("a", old, young));
        assertThat(hub.channel("a").retained.bytes()).isZero();
    }

    @Test
    void ageIsMeasuredByTheWallClockAndAStepBackOnlyKeepsLonger() {
        TestHub hub = TestHub.with(settings -> settings.retention(100, Duration.ofMinutes(1), Long.MAX_VALUE));
        hub.publish("a");
        hub.clock.stepWallClock(Duration.ofHours(-1));
        hub.publish("a");
        hub.clock.advance(Duration.ofMinutes(2));
        hub.hub.sweep();
        assertThat(hub.reader(0L, "a").ids()).hasSize(2);
        hub.clock.advance(Duration.ofHours(1));
        hub.hub.sweep();
        assertThat(hub.reader(0L, "a").ids()).isEmpty();
    }

    @Test
    void hubDropsItsOldestWhateverTheChannelWhenItsMemoryIsFull() {
        TestHub hub = TestHub.with(settings -> settings.memory(64L * ONE));
        List<Long> quiet = hub.publishTimes(10, "quiet");
        List<Long> loud = hub.publishTimes(200, "loud");
        assertThat(hub.reader(0L, "quiet").ids()).isEmpty();
        assertThat(hub.reader(quiet.get(0), "quiet").gaps())
                .containsExactly(new Gap("quiet", quiet.get(0), quiet.get(9)));
        List<Long> kept = hub.reader(0L, "loud").ids();
        assertThat(kept).hasSizeBetween(30, 40).isEqualTo(loud.subList(200 - kept.size(), 200));
    }

    @Test
    void memoryStaysBelowItsBoundWithCachedFramesIncluded() {
        long memory = 200_000;
        TestHub hub = TestHub.with(settings -> settings.memory(memory));
        for (int round = 0; round < 300; round++) {
            String channel = "c" + round % 40;
            hub.publish(channel, "x".repeat(round * 37 % 4_000));
            hub.open(new FakeOutlet(), 0L, channel).gone();
            hub.open(new FakeOutlet(), 0L, "**").gone();
            assertThat(hub.hub.index().bytes()).isLessThanOrEqualTo(memory);
        }
    }

    @Test
    void cachedFramesOfAQuietChannelAreGivenBackByTheSweep() {
        TestHub hub = TestHub.roomy();
        hub.publishTimes(10, "a");
        long retained = hub.hub.index().bytes();
        hub.reader("a"); // company: nothing is kept for who is alone
        hub.reader(0L, "a");
        assertThat(hub.hub.index().bytes()).isGreaterThan(retained);
        hub.hub.sweep();
        hub.hub.sweep();
        assertThat(hub.hub.index().bytes()).isEqualTo(retained);
    }

    @Test
    void windowsOfManyPatternsShareOneBound() {
        TestHub hub = TestHub.with(settings ->
                settings.memory(64L * ONE).maxPatterns(100).retention(1, Duration.ofDays(1), Long.MAX_VALUE));
        String[] patterns = {"**", "*", "a.**", "a.*", "*.b", "*.*"};
        hub.reader(patterns);
        for (int i = 0; i < 200; i++) {
            hub.publish("a.b");
        }
        long pinned = 0;
        for (String pattern : patterns) {
            pinned +=
                    hub.hub.index().source(new ChannelPattern(pattern)).retained.bytes();
        }
        assertThat(pinned).isPositive().isLessThanOrEqualTo(64L * ONE / 8);
    }
}
