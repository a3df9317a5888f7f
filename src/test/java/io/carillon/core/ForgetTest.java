package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import org.junit.jupiter.api.Test;

/** A channel's past is forgotten because somebody says so. */
class ForgetTest {
    private final TestHub hub = TestHub.roomy();

    private int forget(String channel) {
        return hub.hub.forget(new ChannelName(channel));
    }

    @Test
    void nothingOfItIsReadAnyMoreAndAnOldCursorIsAGap() {
        long before = hub.publish("a");
        long last = hub.publish("a");
        long other = hub.publish("b");

        assertThat(forget("a")).isEqualTo(2);

        assertThat(hub.hub.history(new ChannelName("a"), 0, 10).publications()).isEmpty();
        assertThat(hub.reader(0L, "a").ids()).isEmpty();
        FakeOutlet late = hub.reader(before, "a");
        assertThat(late.ids()).isEmpty();
        assertThat(late.gaps()).containsExactly(new Gap("a", before, last));
        assertThat(hub.reader(0L, "b").ids()).containsExactly(other);
    }

    @Test
    void whoIsThereStaysAndMissesNothing() {
        FakeOutlet client = hub.reader("a");
        long first = hub.publish("a");
        forget("a");
        long second = hub.publish("a");
        assertThat(client.ids()).containsExactly(first, second);
        assertThat(client.gaps()).isEmpty();
    }

    @Test
    void aSlowClientHearsOfAGapInsteadOfWhatIsGone() {
        FakeOutlet slow = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        hub.open(slow, null, "a");
        long first = hub.publish("a");
        long second = hub.publish("a");
        forget("a");
        long third = hub.publish("a");
        slow.completeAll();
        assertThat(slow.ids()).containsExactly(first, third);
        assertThat(slow.gaps()).containsExactly(new Gap("a", first, second));
        slow.assertRespected();
    }

    @Test
    void theWindowOfAPatternHasNothingOfItEither() {
        FakeOutlet follower = hub.reader("a.*"); // keeps the window there
        long before = hub.publish("a.x");
        long gone = hub.publish("a.x");
        long kept = hub.publish("a.y");
        forget("a.x");
        FakeOutlet late = hub.reader(before, "a.*");
        assertThat(late.ids()).containsExactly(kept);
        assertThat(late.gaps()).containsExactly(new Gap("a.x", before, gone));
        long next = hub.publish("a.x");
        assertThat(late.ids()).containsExactly(kept, next);
        assertThat(follower.ids()).containsExactly(before, gone, kept, next);
        assertThat(follower.gaps()).isEmpty();
    }

    @Test
    void whatIsForgottenIsCountedAndItsMemoryIsGivenBack() {
        hub.publish("a", "\"" + "x".repeat(1000) + "\"");
        assertThat(hub.hub.index().bytes()).isGreaterThan(1000);
        forget("a");
        assertThat(hub.hub.index().bytes()).isZero();
        assertThat(hub.hub.figures().evicted()).containsEntry(HubFigures.Eviction.FORGOTTEN, 1L);
        assertThat(hub.hub.knows("$forget")).isFalse();
    }

    @Test
    void aChannelThatIsUnknownOrEmptyNeedsNoEntryInTheLog() {
        hub.publish("a");
        forget("a");
        long head = hub.hub.head();
        assertThat(forget("a")).isZero();
        assertThat(forget("unknown")).isZero();
        assertThat(hub.hub.head()).isEqualTo(head);
        assertThat(hub.hub.knows("unknown")).isFalse();
    }
}
