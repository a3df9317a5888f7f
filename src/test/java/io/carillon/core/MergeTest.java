package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeTest {
    private final TestHub hub = TestHub.roomy();

    @Test
    void overlappingSubscriptionsDeliverOnce() {
        FakeOutlet client = hub.reader("a.x", "a.*", "a.**", "**");
        List<Long> ids = hub.publishTogether("a.x", "a.y", "a.x.z", "b", "a.x");
        assertThat(client.ids()).isEqualTo(ids);
        assertThat(hub.reader(0L, "a.x", "a.*", "**").ids()).isEqualTo(ids);
    }

    @Test
    void overlapIsDeliveredOnceAlsoAtTheLimitOfAFrame() {
        List<Long> ids = hub.publishTimes(10, "a.x");
        FakeOutlet client = new FakeOutlet(new LineEncoder(3, 1 << 20), Mode.INLINE);
        hub.open(client, 0L, "a.x", "a.*");
        assertThat(client.ids()).isEqualTo(ids);
        assertThat(client.frames()).hasSize(4);
    }

    @Test
    void frameHoldsNoMorePublicationsThanItsWireFormAllows() {
        hub.publishTimes(200, "a");
        FakeOutlet client = new FakeOutlet(new LineEncoder(64, 1 << 20), Mode.INLINE);
        hub.open(client, 0L, "a");
        assertThat(client.frames()).extracting(Frame::publications).containsExactly(64, 64, 64, 8);
    }

    @Test
    void frameHoldsNoMoreBytesThanItsWireFormAllowsButAlwaysOnePublication() {
        hub.publish("a", "x".repeat(5_000));
        hub.publish("a", "x".repeat(400));
        hub.publish("a", "x".repeat(400));
        hub.publish("a", "x".repeat(400));
        FakeOutlet client = new FakeOutlet(new LineEncoder(64, 1_300), Mode.INLINE);
        hub.open(client, 0L, "a");
        assertThat(client.frames()).extracting(Frame::publications).containsExactly(1, 2, 1);
    }

    @Test
    void whatHasExpiredIsNeverDeliveredAndIsNoGap() {
        long first = hub.publish("a");
        hub.publishFor(Duration.ofSeconds(5), "a");
        long kept = hub.publishFor(Duration.ofSeconds(60), "a");
        hub.publishFor(Duration.ofSeconds(5), "a");
        hub.clock.advance(Duration.ofSeconds(5));
        FakeOutlet client = hub.reader(0L, "a");
        assertThat(client.ids()).containsExactly(first, kept);
        assertThat(client.gaps()).isEmpty();
        hub.clock.advance(Duration.ofSeconds(55));
        assertThat(hub.reader(0L, "a").ids()).containsExactly(first);
    }

    @Test
    void readThatIsOvertakenWithNothingInHandLooksAgain() {
        TestHub aging = TestHub.with(settings -> settings.retention(100, Duration.ofMinutes(1), Long.MAX_VALUE));
        FakeOutlet[] client = new FakeOutlet[1];
        Encoder sweeping = new DisturbedEncoder(() -> {
            aging.clock.advance(Duration.ofSeconds(30));
            aging.hub.sweep();
        });
        long cursor = aging.hub.head();
        aging.publishFor(Duration.ofSeconds(10), "a");
        long evicted = aging.publish("a");
        aging.clock.advance(Duration.ofSeconds(31));
        long young = aging.publish("a");
        client[0] = new FakeOutlet(sweeping, Mode.INLINE);
        aging.open(client[0], cursor, "a");

        assertThat(client[0].gaps()).containsExactly(new Gap("a", evicted - 1, evicted));
        assertThat(client[0].ids()).containsExactly(young);
    }

    @Test
    void whatIsEvictedUnderAReadIsAGapBeforeAnythingNewer() {
        TestHub small = TestHub.retaining(2);
        long cursor = small.hub.head();
        long inHand = small.publish("a");
        long evicted = small.publish("a");
        long newer = small.publish("b");
        FakeOutlet client = new FakeOutlet(new DisturbedEncoder(() -> small.publishTogether("a", "a")), Mode.INLINE);
        small.open(client, cursor, "a", "b");

        assertThat(client.gaps()).containsExactly(new Gap("a", inHand, evicted));
        assertThat(client.ids()).containsExactly(inHand, newer, newer + 1, newer + 2);
    }

    @Test
    void wholeHubIsReadInIdOrderByOneConnection() {
        String[] channels = {"a", "b", "c.d", "c.e"};
        FakeOutlet slow = new FakeOutlet(new LineEncoder(7, 1 << 20), Mode.BY_HAND);
        hub.open(slow, null, "a", "b", "c.*");
        for (int i = 0; i < 500; i++) {
            hub.publish(channels[i * 31 % 4]);
        }
        slow.completeAll();
        assertThat(slow.ids()).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(slow.gaps()).isEmpty();
    }

    /** Something happens once after the readers were opened and before they are read: when it is asked for its limits. */
    private static final class DisturbedEncoder implements Encoder {
        private final LineEncoder plain = LineEncoder.batch();
        private @Nullable Runnable disturbance;

        DisturbedEncoder(Runnable disturbance) {
            this.disturbance = disturbance;
        }

        @Override
        public Frame encode(Delivery delivery) {
            return plain.encode(delivery);
        }

        @Override
        public int maxPublications() {
            Runnable now = disturbance;
            disturbance = null;
            if (now != null) {
                now.run();
            }
            return plain.maxPublications();
        }

        @Override
        public int maxBytes() {
            return plain.maxBytes();
        }

        @Override
        public @Nullable Frame heartbeat() {
            return plain.heartbeat();
        }
    }
}
