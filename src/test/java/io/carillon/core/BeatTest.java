package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the hub's timer does: heartbeats, deadlines and the end of those who do not read or are silent. */
class BeatTest {
    private final TestHub hub = TestHub.roomy();

    @Test
    void silenceIsBrokenByAHeartbeat() {
        FakeOutlet client = hub.reader("a");
        passAndBeat(Duration.ofSeconds(24));
        assertThat(client.notices()).isEmpty();
        passAndBeat(Duration.ofSeconds(1));
        passAndBeat(Duration.ofSeconds(1));
        assertThat(client.notices()).containsExactly("heartbeat");
        passAndBeat(Duration.ofSeconds(24));
        assertThat(client.notices()).hasSize(2);
    }

    @Test
    void whatIsWrittenIsAsGoodAsAHeartbeat() {
        FakeOutlet client = hub.reader("a");
        for (int i = 0; i < 10; i++) {
            hub.publish("a");
            passAndBeat(Duration.ofSeconds(20));
        }
        assertThat(client.notices()).isEmpty();
    }

    @Test
    void noHeartbeatIsQueuedBehindAWriteThatIsUnderWay() {
        FakeOutlet slow = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        hub.open(slow, null, "a");
        hub.publish("a");
        passAndBeat(Duration.ofSeconds(29));
        slow.complete();
        assertThat(slow.notices()).isEmpty();
    }

    @Test
    void writeThatTakesTooLongIsCutAtOnce() {
        FakeOutlet stuck = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        Connection connection = hub.open(stuck, null, "a");
        hub.publish("a");
        passAndBeat(Duration.ofSeconds(29));
        assertThat(connection.open()).isTrue();
        passAndBeat(Duration.ofSeconds(1));
        assertThat(connection.open()).isFalse();
        assertThat(stuck.aborts()).isEqualTo(1);
        assertThat(stuck.goodbyes()).isEmpty();
        passAndBeat(Duration.ofSeconds(5));
        assertThat(stuck.aborts()).isEqualTo(1);
        assertThat(hub.channel("a").subscribers.count()).isZero();
    }

    @Test
    void slowClientThatMakesProgressIsNotCut() {
        FakeOutlet slow = new FakeOutlet(LineEncoder.single(), Mode.BY_HAND);
        Connection connection = hub.open(slow, null, "a");
        hub.publishTimes(20, "a");
        for (int i = 0; i < 20; i++) {
            passAndBeat(Duration.ofSeconds(29));
            assertThat(connection.open()).isTrue();
            slow.complete();
        }
        assertThat(slow.ids()).hasSize(20);
    }

    @Test
    void webSocketWithoutASignOfLifeIsClosedAndOthersAreNot() {
        FakeOutlet socket = new FakeOutlet();
        Connection silent = open(socket, Transport.WEBSOCKET, null);
        Connection alive = open(new FakeOutlet(), Transport.WEBSOCKET, null);
        Connection stream = open(new FakeOutlet(), Transport.SSE, null);
        passAndBeat(Duration.ofSeconds(59));
        alive.seen();
        passAndBeat(Duration.ofSeconds(1));
        assertThat(silent.open()).isFalse();
        assertThat(socket.goodbyes().get(0).reason().code()).isEqualTo(4002);
        assertThat(alive.open()).isTrue();
        assertThat(stream.open()).isTrue();
    }

    @Test
    void idlePollIsAnsweredAtItsDeadlineWithTheCursorToGoOnWith() {
        FakeOutlet poll = new FakeOutlet(LineEncoder.poll(), Mode.ENDS);
        open(poll, Transport.LONG_POLL, Duration.ofSeconds(30));
        long head = hub.publish("other");
        passAndBeat(Duration.ofSeconds(29));
        assertThat(poll.goodbyes()).isEmpty();
        passAndBeat(Duration.ofSeconds(1));
        assertThat(poll.goodbyes()).hasSize(1);
        assertThat(poll.goodbyes().get(0).reason()).isEqualTo(CloseReason.DONE);
        long cursor = poll.goodbyes().get(0).cursor();
        assertThat(cursor).isBetween(1_000_000L, head);
        assertThat(poll.aborts()).isZero();
        assertThat(hub.hub.connections().count()).isZero();
    }

    @Test
    void idlePollIsToldAsNewACursorAsItHasRead() {
        long cursor = hub.publish("other");
        long head = hub.publish("other");
        FakeOutlet poll = new FakeOutlet(LineEncoder.poll(), Mode.ENDS);
        Client client = new Client(Transport.LONG_POLL, null, "");
        hub.hub.open(
                new Opening(client, TestHub.patterns("a"), cursor, Duration.ofSeconds(5)), poll, Opening.Answers.NONE);
        passAndBeat(Duration.ofSeconds(5));
        assertThat(poll.goodbyes().get(0).cursor()).isEqualTo(head);
    }

    @Test
    void pollThatAskedForAllAndIsEndedBeforeItReadIsToldToAskForAllAgain() {
        long id = hub.publish("a");
        FakeOutlet poll = new FakeOutlet(LineEncoder.poll(), Mode.ENDS);
        Opening opening = new Opening(
                new Client(Transport.LONG_POLL, null, ""), TestHub.patterns("a"), 0L, Duration.ofSeconds(5));
        hub.hub.open(opening, poll, new Opening.Answers() {
            @Override
            public @Nullable Frame welcome(Connection connection) {
                connection.close(CloseReason.DRAIN);
                return null;
            }

            @Override
            public @Nullable Frame subscribed(Subscribed subscribed) {
                return null;
            }
        });
        assertThat(poll.goodbyes().get(0).cursor()).isZero();
        assertThat(hub.reader(0L, "a").ids()).containsExactly(id);
    }

    private Connection open(FakeOutlet outlet, Transport transport, @Nullable Duration holdFor) {
        Client client = new Client(transport, null, "");
        return hub.hub.open(new Opening(client, TestHub.patterns("a"), null, holdFor), outlet, Opening.Answers.NONE);
    }

    private void passAndBeat(Duration time) {
        hub.clock.advance(time);
        hub.hub.beat();
    }
}
