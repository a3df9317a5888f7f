package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FanOutTest {

    @Test
    void executorThatRefusesForAWhileLosesNothing() {
        List<Runnable> running = new ArrayList<>();
        boolean[] refusing = {true};
        TestHub hub = TestHub.with(settings -> settings.lanes(1), task -> {
            if (refusing[0]) {
                throw new RejectedExecutionException("full");
            }
            running.add(task);
        });
        FakeOutlet client = hub.reader("a", "b");
        long first = hub.publish("a");
        hub.publish("b");
        assertThat(client.ids()).isEmpty();

        refusing[0] = false;
        hub.hub.beat();
        assertThat(running).hasSize(1);
        running.get(0).run();
        assertThat(client.ids()).startsWith(first).hasSize(2);

        hub.publish("a");
        running.get(1).run();
        assertThat(client.ids()).hasSize(3);
    }

    @Test
    void sourceThatNobodyReadsIsNotQueued() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings, lanes);
        hub.publish("a");
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void eachSourceIsQueuedOnceUntilItsPassBegins() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet a = hub.reader("a");
        FakeOutlet b = hub.reader("b");
        for (int i = 0; i < 10; i++) {
            hub.publishTogether("a", "b");
        }
        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.runAll();
        assertThat(a.frames()).hasSize(1);
        assertThat(b.frames()).hasSize(1);
        assertThat(a.ids()).hasSize(10);
    }

    @Test
    void sourceWithManySubscribersLetsOthersHaveTheirTurn() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings.lanes(1), lanes);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 3 * FanOut.SLICE; i++) {
            hub.reader("many").observedBy(line -> note(line, written));
        }
        hub.reader("few").observedBy(line -> note(line, written));
        hub.publish("many");
        hub.publish("few");
        lanes.runAll();

        assertThat(written).hasSize(3 * FanOut.SLICE + 1);
        assertThat(written.indexOf("few")).isEqualTo(FanOut.SLICE);
    }

    @Test
    void whatIsPublishedDuringAPassIsTakenByTheNextOne() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings.lanes(2), lanes);
        boolean[] again = {true};
        hub.reader("a").observedBy(line -> {
            if (again[0]) {
                again[0] = false;
                hub.publishTogether("a", "a");
                assertThat(lanes.waiting()).isZero();
            }
        });
        FakeOutlet last = hub.reader("a");
        hub.publish("a");
        lanes.runAll();

        assertThat(last.ids()).hasSize(3);
        assertThat(again[0]).isFalse();
    }

    /** A poll that comes back under load takes several publications at once, with those who wait already. */
    @Test
    void whoComesWhileAPassIsAwaitedIsServedByIt() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings, lanes);
        hub.reader("a");
        hub.publish("a");
        FakeOutlet late = hub.reader(0L, "a");
        assertThat(late.ids()).isEmpty();

        hub.publish("a");
        lanes.runAll();
        assertThat(late.frames()).hasSize(1);
        assertThat(late.ids()).hasSize(2);
    }

    private static void note(Line line, List<String> channels) {
        if (line instanceof Line.Message message) {
            channels.add(message.channel());
        }
    }
}
