package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import io.carillon.support.LogOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

    private final HandDrivenExecutor hands = new HandDrivenExecutor();
    private final TestHub paced = TestHub.with(settings -> settings.lanes(1), hands);

    /** Clients of one channel whose writes end when the test says so, or never. */
    private List<FakeOutlet> crowd(int count, FakeOutlet.Mode mode) {
        List<FakeOutlet> crowd = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FakeOutlet client = paced.reader("many");
            hands.runAll();
            client.become(mode);
            crowd.add(client);
        }
        return crowd;
    }

    private static long served(List<FakeOutlet> crowd) {
        return crowd.stream().filter(client -> !client.ids().isEmpty()).count();
    }

    @Test
    void passRestsWhileManyOfItsWritesAreUnderWay() {
        List<FakeOutlet> crowd = crowd(Writes.MOST + 10, FakeOutlet.Mode.BY_HAND);
        paced.publish("many");
        hands.runAll();
        assertThat(served(crowd)).isEqualTo(Writes.MOST);

        crowd.subList(0, Writes.MOST - Writes.FEW - 1).forEach(FakeOutlet::complete);
        hands.runAll();
        assertThat(served(crowd)).isEqualTo(Writes.MOST);
        crowd.get(Writes.MOST - Writes.FEW - 1).complete();
        hands.runAll();
        assertThat(served(crowd)).isEqualTo(Writes.MOST + 10);
    }

    @Test
    void whatIsPublishedWhileManyWritesAreUnderWayGoesOutTogether() {
        List<FakeOutlet> crowd = crowd(Writes.MOST, FakeOutlet.Mode.BY_HAND);
        paced.publish("many");
        hands.runAll();
        for (int i = 0; i < Writes.FEW; i++) {
            crowd.get(i).complete();
            paced.publish("many"); // each completion could take what there is by then
            hands.runAll();
        }
        crowd.subList(Writes.FEW, Writes.MOST).forEach(FakeOutlet::complete);
        do {
            crowd.forEach(FakeOutlet::completeAll);
        } while (hands.runOne());
        assertThat(crowd).allSatisfy(client -> {
            assertThat(client.ids()).hasSize(Writes.FEW + 1);
            assertThat(client.frames()).hasSizeLessThanOrEqualTo(3);
        });
    }

    @Test
    void clientsThatAreStuckDelayOnePassOnce() {
        crowd(Writes.MOST, FakeOutlet.Mode.NEVER);
        FakeOutlet last = crowd(1, FakeOutlet.Mode.INLINE).get(0);
        paced.publish("many");
        hands.runAll();
        assertThat(last.ids()).isEmpty();
        hands.passTime();
        assertThat(last.ids()).hasSize(1);

        paced.publish("many");
        hands.runAll();
        assertThat(last.ids()).hasSize(2);
    }

    @Test
    void clientsThatGoDelayNobody() {
        List<FakeOutlet> crowd = crowd(Writes.MOST, FakeOutlet.Mode.NEVER);
        FakeOutlet last = crowd(1, FakeOutlet.Mode.INLINE).get(0);
        paced.publish("many");
        hands.runAll();
        assertThat(served(crowd)).isEqualTo(Writes.MOST);
        for (Connection connection : List.copyOf(paced.hub.registry().all())) {
            if (connection.delivered() == 1) {
                connection.gone();
            }
        }
        hands.runAll();
        assertThat(last.ids()).hasSize(1);
    }

    // ---- the publisher's help: the lanes here run when the test says so, and where they have nothing to do, he has
    // done it ----

    @Test
    void whoDoesNotWaitForTheLogServesAFewHimself() {
        FakeOutlet few = paced.reader("few");
        hands.runAll();
        paced.publishWithoutWaiting("few", "few");

        assertThat(hands.waiting()).isZero();
        assertThat(few.ids()).hasSize(2);
        paced.publishWithoutWaiting("few");
        assertThat(few.ids()).hasSize(3);
    }

    @Test
    void manyAreServedByTheLanes() {
        List<FakeOutlet> crowd = crowd(5, FakeOutlet.Mode.INLINE);
        paced.publishWithoutWaiting("many");
        assertThat(served(crowd)).isZero();

        hands.runAll();
        assertThat(served(crowd)).isEqualTo(5);
    }

    @Test
    void whoMayHoldALockServesNobody() {
        FakeOutlet few = paced.reader("few");
        hands.runAll();
        paced.publish("few");
        assertThat(few.ids()).isEmpty();

        hands.runAll();
        assertThat(few.ids()).hasSize(1);
    }

    @Test
    void whatIsMoreThanOnePublisherMayServeIsForTheLanes() {
        String[] channels = new String[FanOut.HELP + 3];
        Arrays.setAll(channels, i -> "c" + i);
        List<FakeOutlet> readers = Arrays.stream(channels).map(paced::reader).toList();
        hands.runAll();
        paced.publishWithoutWaiting(channels);
        assertThat(served(readers)).isEqualTo(FanOut.HELP);

        hands.runAll();
        assertThat(served(readers)).isEqualTo(channels.length);
    }

    /** A log that tells of appends on a thread of its own has no publisher who would come by. */
    @Test
    void aLogWithAThreadOfItsOwnLeavesAllToTheLanes() {
        Log log = new LogOver(new MemoryLog(new ManualClock(), new KeyLimits(Duration.ofMinutes(5), 1 << 20)));
        Hub hub = new Hub(new TestHub.Settings().build(), log, hands, new ManualClock());
        hub.start();
        FakeOutlet few = new FakeOutlet();
        Client client = new Client(Transport.SSE, null, "127.0.0.1");
        hub.open(new Opening(client, TestHub.patterns("few"), null, null), few, Opening.Answers.NONE);
        hands.runAll();

        hub.publish(List.of(TestHub.publication("few", "1")));
        assertThat(few.ids()).isEmpty();
        assertThat(hands.waiting()).isEqualTo(1);
        hands.runAll();
        assertThat(few.ids()).hasSize(1);
    }

    private static void note(Line line, List<String> channels) {
        if (line instanceof Line.Message message) {
            channels.add(message.channel());
        }
    }
}
