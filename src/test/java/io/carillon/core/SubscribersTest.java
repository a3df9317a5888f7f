package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubscribersTest {
    private final TestHub hub = TestHub.roomy();
    private final Connection connection = hub.open(new FakeOutlet(), null, "a");
    private final Source source = hub.channel("a");
    private final Subscribers subscribers = new Subscribers();

    @Test
    void snapshotHoldsThoseWhoAreHereWhateverTheOrderOfLeaving() {
        Random random = new Random(1);
        List<Subscription> here = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            boolean join = here.isEmpty() || random.nextInt(step < 2_500 ? 3 : 5) < 2;
            if (join) {
                Subscription subscription = subscription();
                assertThat(subscribers.add(subscription)).isTrue();
                here.add(subscription);
            } else {
                Subscription subscription = here.remove(random.nextInt(here.size()));
                assertThat(subscribers.remove(subscription)).isTrue();
                assertThat(subscribers.remove(subscription)).isFalse();
            }
            if (step % 61 == 0) {
                assertThat(subscribers.snapshot()).containsExactlyInAnyOrderElementsOf(here);
            }
            assertThat(subscribers.count()).isEqualTo(here.size());
        }
    }

    @Test
    void snapshotIsTheSameArrayUntilSomethingChanges() {
        subscribers.add(subscription());
        Subscription[] snapshot = subscribers.snapshot();
        assertThat(subscribers.snapshot()).isSameAs(snapshot);
        subscribers.add(subscription());
        assertThat(subscribers.snapshot()).isNotSameAs(snapshot).hasSize(2);
        assertThat(snapshot).hasSize(1);
    }

    @Test
    void nobodyJoinsARetiredSource() {
        Subscription subscription = subscription();
        subscribers.add(subscription);
        assertThat(subscribers.retire()).isFalse();
        assertThat(subscribers.add(subscription())).isTrue();
        for (Subscription one : subscribers.snapshot()) {
            subscribers.remove(one);
        }
        assertThat(subscribers.retire()).isTrue();
        assertThat(subscribers.add(subscription())).isFalse();
        assertThat(subscribers.count()).isZero();
    }

    private Subscription subscription() {
        return new Subscription(connection, source, "a", 0);
    }
}
