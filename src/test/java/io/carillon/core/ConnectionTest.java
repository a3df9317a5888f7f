package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final TestHub hub = TestHub.roomy();

    @Test
    void oneWriteIsInFlightAndTheNextTakesAllThatCameMeanwhile() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        hub.open(outlet, null, "a");
        long first = hub.publish("a");
        List<Long> rest = hub.publishTimes(20, "a");

        assertThat(outlet.ids()).containsExactly(first);
        outlet.complete();
        assertThat(outlet.frames()).hasSize(2);
        assertThat(outlet.ids()).startsWith(first).endsWith(rest.get(19)).hasSize(21);
        outlet.complete();
        assertThat(outlet.frames()).hasSize(2);
        outlet.assertRespected();
    }

    @Test
    void writeThatIsCompletedInlineIsFollowedByTheNext() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.single(), Mode.INLINE);
        List<Long> ids = hub.publishTimes(5, "a");
        hub.open(outlet, 0L, "a");
        assertThat(outlet.ids()).isEqualTo(ids);
        assertThat(outlet.frames()).hasSize(5);
        outlet.assertRespected();
    }

    @Test
    void wakeUpsWhileAPassWaitsAreOne() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub slow = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet outlet = new FakeOutlet();
        slow.open(outlet, null, "a");
        slow.publishTimes(50, "a");

        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.runAll();
        assertThat(outlet.ids()).hasSize(50);
        assertThat(outlet.frames()).hasSize(1);
    }

    @Test
    void completionWhileAPassWaitsLeavesTheWritingToThePass() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub slow = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        slow.open(outlet, null, "a");
        slow.publish("a");
        lanes.runAll();
        slow.publish("a");
        outlet.complete();
        slow.publish("a");

        assertThat(outlet.frames()).hasSize(1);
        lanes.runAll();
        assertThat(outlet.frames()).hasSize(2);
        assertThat(outlet.ids()).hasSize(3);
    }

    @Test
    void completionWhileAPassWaitsStillWritesAnAnswerAtOnce() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub slow = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = slow.open(outlet, null, "a");
        slow.publish("a");
        lanes.runAll();
        slow.publish("a");
        connection.send(new Frame.Text("pong"));
        outlet.complete();
        assertThat(outlet.notices()).containsExactly("pong");
    }

    @Test
    void answersAreWrittenBeforePublicationsThatAreNotInFlight() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = hub.open(outlet, null, "a");
        hub.publish("a");
        hub.publish("a");
        connection.send(new Frame.Text("one"));
        connection.send(new Frame.Text("two"));
        outlet.completeAll();

        List<Class<?>> kinds = outlet.lines().stream()
                .filter(line -> !(line instanceof Line.Cursor))
                .<Class<?>>map(Object::getClass)
                .toList();
        assertThat(kinds).containsExactly(Line.Message.class, Line.Notice.class, Line.Notice.class, Line.Message.class);
        assertThat(outlet.notices()).containsExactly("one", "two");
    }

    @Test
    void clientThatDoesNotReadItsAnswersIsCutOff() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        Connection connection = hub.open(outlet, null, "a");
        for (int i = 0; i < 257; i++) {
            assertThat(connection.open()).isTrue();
            connection.send(new Frame.Text("answer"));
        }
        connection.send(new Frame.Text("one too many"));
        assertThat(connection.open()).isFalse();
        hub.clock.advance(Duration.ofSeconds(2));
        hub.hub.beat();
        assertThat(outlet.aborts()).isEqualTo(1);
    }

    @Test
    void clientThatSubscribesForeverWithoutReadingIsCutOff() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        Connection connection = hub.open(outlet, null, "a");
        int answers = 0;
        while (connection.open() && answers < 10_000) {
            hub.subscribe(connection, "b", null);
            hub.hub.unsubscribe(connection, "b");
            answers++;
        }
        assertThat(answers).isLessThan(300);
        assertThat(hub.channel("b").subscribers.count()).isZero();
    }

    @Test
    void longCatchUpGivesOthersTheirTurn() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub slow = TestHub.with(settings -> settings.lanes(1), lanes);
        List<Long> ids = slow.publishTimes(100, "a");
        FakeOutlet greedy = new FakeOutlet(LineEncoder.single(), Mode.INLINE);
        slow.open(greedy, 0L, "a");
        int turn = greedy.frames().size();
        assertThat(turn).isBetween(1, 50);
        assertThat(lanes.waiting()).isEqualTo(1);

        FakeOutlet modest = new FakeOutlet(LineEncoder.single(), Mode.INLINE);
        slow.open(modest, null, "b");
        slow.publish("b");
        lanes.runAll();
        assertThat(greedy.ids()).isEqualTo(ids);
        assertThat(modest.ids()).hasSize(1);
        greedy.assertRespected();
    }

    @Test
    void whatComesAfterATurnIsNotForgotten() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub slow = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet outlet = new FakeOutlet(LineEncoder.single(), Mode.INLINE);
        slow.publishTimes(32, "a");
        Connection connection = slow.open(outlet, 0L, "a");
        lanes.runAll();
        slow.publishTimes(32, "a");
        lanes.runAll();
        assertThat(outlet.ids()).hasSize(64);
        connection.send(new Frame.Text("pong"));
        assertThat(outlet.notices()).containsExactly("pong");
    }

    // ---- the end ----

    @Test
    void idleConnectionSaysGoodbyeAtOnceAndOnce() {
        FakeOutlet outlet = new FakeOutlet();
        Connection connection = hub.open(outlet, null, "a");
        connection.close(CloseReason.KICKED);
        connection.close(CloseReason.DRAIN);
        hub.publish("a");
        hub.clock.advance(Duration.ofSeconds(5));
        hub.hub.beat();

        assertThat(outlet.goodbyes()).extracting(Line.Goodbye::reason).containsExactly(CloseReason.KICKED);
        assertThat(outlet.aborts()).isZero();
        assertThat(outlet.ids()).isEmpty();
        assertThat(hub.channel("a").subscribers.count()).isZero();
        outlet.assertRespected();
    }

    @Test
    void busyConnectionSaysGoodbyeWhenItsWriteIsDone() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = hub.open(outlet, null, "a");
        hub.publish("a");
        hub.publish("a");
        connection.close(CloseReason.DRAIN);
        assertThat(outlet.goodbyes()).isEmpty();
        outlet.complete();
        assertThat(outlet.goodbyes()).hasSize(1);
        assertThat(outlet.ids()).hasSize(1);
        outlet.complete();
        outlet.assertRespected();
    }

    @Test
    void busyConnectionWhoseWriteDoesNotComeBackIsCutTwoSecondsAfterItsClose() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        Connection connection = hub.open(outlet, null, "a");
        hub.publish("a");
        connection.close(CloseReason.DRAIN);
        hub.clock.advance(Duration.ofMillis(1_900));
        hub.hub.beat();
        assertThat(outlet.aborts()).isZero();
        hub.clock.advance(Duration.ofMillis(200));
        hub.hub.beat();
        hub.hub.beat();
        assertThat(outlet.aborts()).isEqualTo(1);
        assertThat(outlet.goodbyes()).isEmpty();
    }

    @Test
    void goodbyeThatDoesNotComeBackIsCutTwoSecondsAfterItsClose() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        Connection connection = hub.open(outlet, null, "a");
        connection.close(CloseReason.DRAIN);
        assertThat(outlet.goodbyes()).hasSize(1);
        hub.clock.advance(Duration.ofSeconds(2));
        hub.hub.beat();
        hub.hub.beat();
        assertThat(outlet.aborts()).isEqualTo(1);
    }

    @Test
    void completionThatComesAfterTheCutChangesNothing() {
        FakeOutlet outlet = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = hub.open(outlet, null, "a");
        hub.publish("a");
        hub.publish("a");
        connection.gone();
        outlet.complete();
        assertThat(outlet.frames()).hasSize(1);
        assertThat(outlet.goodbyes()).isEmpty();
        outlet.assertRespected();
    }

    @Test
    void exceptionFromTheOutletEndsTheConnectionAndNobodyElse() {
        FakeOutlet broken = new FakeOutlet(LineEncoder.batch(), Mode.THROWS);
        FakeOutlet healthy = new FakeOutlet();
        Connection connection = hub.open(broken, null, "a");
        hub.open(healthy, null, "a");
        hub.publish("a");
        hub.publish("a");

        assertThat(connection.open()).isFalse();
        assertThat(broken.aborts()).isEqualTo(1);
        assertThat(healthy.ids()).hasSize(2);
        assertThat(hub.hub.connections().count()).isEqualTo(1);
    }

    @Test
    void exceptionFromTheGoodbyeEndsTheConnection() {
        FakeOutlet broken = new FakeOutlet(LineEncoder.batch(), Mode.THROWS);
        Connection connection = hub.open(broken, null, "a");
        connection.close(CloseReason.DRAIN);
        assertThat(broken.aborts()).isEqualTo(1);
        hub.clock.advance(Duration.ofSeconds(5));
        hub.hub.beat();
        assertThat(broken.aborts()).isEqualTo(1);
    }

    @Test
    void errorFromTheEncoderEndsTheConnectionAndNobodyElse() {
        Encoder broken = new Encoder() {
            @Override
            public Frame encode(Delivery delivery) {
                throw new StackOverflowError("a test");
            }

            @Override
            public int maxPublications() {
                return 10;
            }

            @Override
            public int maxBytes() {
                return 10;
            }

            @Override
            public Frame heartbeat() {
                return new Frame.Text("heartbeat");
            }
        };
        FakeOutlet victim = new FakeOutlet(broken, Mode.INLINE);
        FakeOutlet healthy = new FakeOutlet();
        Connection connection = hub.open(victim, null, "a");
        hub.open(healthy, null, "a");
        hub.publish("a");
        hub.publish("a");

        assertThat(connection.open()).isFalse();
        assertThat(victim.aborts()).isEqualTo(1);
        assertThat(healthy.ids()).hasSize(2);
    }

    @Test
    void exchangeThatEndsWithItsWriteIsAPoll() {
        FakeOutlet poll = new FakeOutlet(LineEncoder.batch(), Mode.ENDS);
        Connection connection = hub.open(poll, null, "a");
        hub.publish("a");
        hub.publish("a");
        assertThat(poll.ids()).hasSize(1);
        assertThat(connection.open()).isFalse();
        assertThat(poll.goodbyes()).isEmpty();
        assertThat(poll.aborts()).isZero();
        assertThat(hub.hub.connections().count()).isZero();
        poll.assertRespected();
    }

    @Test
    void countsWhatItHasDelivered() {
        hub.publishTimes(3, "a");
        FakeOutlet outlet = new FakeOutlet();
        Connection connection = hub.open(outlet, 0L, "a");
        long last = hub.publish("a");
        assertThat(connection.delivered()).isEqualTo(4);
        assertThat(connection.cursor()).isEqualTo(last);
        assertThat(connection.channels()).containsExactly("a");
    }
}
