package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.core.FakeOutlet.Mode;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One client, however slow, delays no other and costs a bounded amount of memory. */
class SlowClientTest {

    @Test
    void clientThatNeverReadsDelaysNobody() {
        TestHub hub = TestHub.retaining(10);
        FakeOutlet stuck = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        hub.open(stuck, null, "a", "**");
        FakeOutlet healthy = hub.reader("a");
        FakeOutlet onPattern = hub.reader("*");
        List<Long> ids = hub.publishTimes(1_000, "a");
        assertThat(healthy.ids()).isEqualTo(ids);
        assertThat(onPattern.ids()).isEqualTo(ids);
        assertThat(stuck.frames()).hasSize(1);
    }

    @Test
    void clientThatNeverReadsHoldsNothingThatWasEvicted() {
        TestHub hub = TestHub.retaining(10);
        hub.open(new FakeOutlet(LineEncoder.batch(), Mode.NEVER), null, "a");
        hub.open(new FakeOutlet(LineEncoder.batch(), Mode.NEVER), null, "a", "b.*");
        hub.open(new FakeOutlet(LineEncoder.batch(), Mode.NEVER), 0L, "**");
        hub.publish("a");
        hub.publish("a");
        WeakReference<Publication> next = new WeakReference<>(newest(hub));
        for (int i = 0; i < 300; i++) { // beyond the pattern's window, too
            hub.publish("a");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return next.get() == null;
        });
    }

    private static Publication newest(TestHub hub) {
        Retained.Reader reader = hub.channel("a").retained.read(hub.hub.head() - 1, hub.hub.head());
        Publication publication = reader.current();
        assertThat(publication).isNotNull();
        return publication;
    }

    @Test
    void manyClientsThatNeverReadLeaveTheHubInItsBound() {
        TestHub hub = TestHub.with(settings -> settings.memory(100_000));
        for (int i = 0; i < 200; i++) {
            hub.open(new FakeOutlet(LineEncoder.batch(), Mode.NEVER), 0L, "a." + i % 20, "a.*");
        }
        for (int i = 0; i < 2_000; i++) {
            hub.publish("a." + i % 40, "x".repeat(500));
            assertThat(hub.hub.index().bytes()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void connectionThatHasGoneIsHeldByNobodyHoweverQuietItsChannelIs() {
        TestHub hub = TestHub.roomy();
        List<WeakReference<Connection>> gone = new ArrayList<>();
        List<Connection> here = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            here.add(hub.open(new FakeOutlet(), Transport.SSE, "anna", null, "a", "*"));
        }
        hub.publish("a"); // the fan-out has seen them all
        hub.publish("$user.anna");
        here.forEach(connection -> gone.add(new WeakReference<>(connection)));
        here.forEach(Connection::gone);
        here.clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return gone.stream().allMatch(reference -> reference.get() == null);
        });
        assertThat(hub.hub.connections().count()).isZero();
    }
}
