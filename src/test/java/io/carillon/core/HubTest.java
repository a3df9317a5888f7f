package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Opening, subscribing, cursors and refusals. */
class HubTest {
    private static final long BASE = 1_000_000;

    private final TestHub hub = TestHub.retaining(3);

    // ---- cursors ----

    @Test
    void absentCursorIsFromNow() {
        hub.publishTimes(2, "a");
        FakeOutlet client = hub.reader("a");
        assertThat(client.lines()).isEmpty();
        long id = hub.publish("a");
        assertThat(client.ids()).containsExactly(id);
    }

    @Test
    void cursorZeroIsAllThatIsRetainedAndNeverAGap() {
        List<Long> ids = hub.publishTimes(10, "a");
        FakeOutlet client = hub.reader(0L, "a", "never.used", "*");
        assertThat(client.ids()).isEqualTo(ids.subList(7, 10));
        assertThat(client.gaps()).isEmpty();
    }

    @Test
    void whoAskedForAllThatIsRetainedHearsOfWhatIsEvictedWhileHeReads() {
        List<Long> early = hub.publishTimes(3, "a");
        FakeOutlet slow = new FakeOutlet(LineEncoder.single(), Mode.BY_HAND);
        hub.open(slow, 0L, "a");
        List<Long> late = hub.publishTimes(3, "a");
        slow.completeAll();
        assertThat(slow.gaps()).containsExactly(new Gap("a", early.get(0), early.get(2)));
        assertThat(slow.ids()).startsWith(early.get(0)).endsWith(late.get(2)).hasSize(4);
    }

    @Test
    void whoAskedForAllThatIsRetainedHearsOfWhatCameAfterAndWasEvictedBeforeHisFirstEntry() {
        hub.publishTimes(3, "a");
        FakeOutlet slow = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = hub.open(slow, null, "b");
        connection.send(new Frame.Text("in flight"));
        hub.subscribe(connection, "a", 0L);
        List<Long> late = hub.publishTimes(6, "a");
        slow.completeAll();
        assertThat(slow.gaps()).containsExactly(new Gap("a", 0, late.get(2)));
        assertThat(slow.ids()).isEqualTo(late.subList(3, 6));
    }

    @Test
    void cursorOfALostLogIsAGapAndThenAllThatIsRetained() {
        List<Long> ids = hub.publishTimes(10, "a");
        long future = ids.get(9) + 1;
        FakeOutlet client = hub.reader(future, "a");
        assertThat(client.gaps()).containsExactly(new Gap("a", future, ids.get(6)));
        assertThat(client.ids()).isEqualTo(ids.subList(7, 10));
        assertThat(client.cursor()).isEqualTo(ids.get(9));
    }

    @Test
    void cursorOfALostLogIsAGapOfAPatternToo() {
        long id = hub.publish("a.x");
        FakeOutlet client = hub.reader(id + 1_000, "a.*");
        assertThat(client.gaps()).containsExactly(new Gap("a.*", id + 1_000, BASE));
        assertThat(client.ids()).containsExactly(id);
    }

    @Test
    void cursorFromBeforeTheLogBeganIsAGapInWhateverChannel() {
        FakeOutlet client = hub.reader(BASE - 1, "a", "b.*");
        assertThat(client.gaps()).contains(new Gap("a", BASE - 1, BASE));
        FakeOutlet exact = hub.reader(BASE, "a", "b.*");
        assertThat(exact.gaps()).isEmpty();
    }

    @Test
    void cursorFromBeforeAForgottenChannelIsAGapInEveryNewOne() {
        TestHub small = TestHub.with(settings -> settings.maxChannels(2));
        long first = small.publish("a");
        long second = small.publish("b");
        small.publish("c"); // forgets a
        assertThat(small.hub.index().find("a")).isNull();
        assertThat(small.reader(first - 1, "a").gaps()).hasSize(1);
        assertThat(small.reader(second, "d").gaps()).hasSizeLessThan(2);
    }

    @Test
    void toldCursorIsAlwaysOneFromWhichNothingIsLostOrRepeated() {
        FakeOutlet client = new FakeOutlet(new LineEncoder(2, 1 << 20), Mode.BY_HAND);
        hub.open(client, null, "a", "b");
        for (int i = 0; i < 3; i++) {
            hub.publishTogether("a", "b", "other");
        }
        while (client.inFlight()) {
            long cursor = client.cursor();
            assertThat(client.ids()).endsWith(cursor);
            List<Long> rest = hub.reader(cursor, "a", "b").ids();
            assertThat(rest.size() + client.ids().size()).isEqualTo(6);
            client.complete();
        }
        assertThat(client.ids()).hasSize(6);
    }

    @Test
    void gapAloneTellsTheCursorToGoOnWith() {
        List<Long> ids = hub.publishTimes(3, "a");
        hub.clock.advance(Duration.ofDays(2));
        hub.hub.sweep();
        long head = hub.publish("other");
        FakeOutlet client = hub.reader(ids.get(0), "a", "b");
        assertThat(client.lines())
                .containsExactly(
                        new Line.Missing(new Gap("a", ids.get(0), ids.get(2))),
                        new Line.Cursor(ids.get(2), ids.get(2)));
        assertThat(head).isGreaterThan(ids.get(2));
    }

    // ---- what a client is told of a subscription ----

    @Test
    void answerSaysFromWhereItIsDeliveredAndWhetherAllOfItComes() {
        List<Long> ids = hub.publishTimes(10, "a");
        long head = ids.get(9);
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.open(client, null, "z");
        hub.subscribe(connection, "a", null);
        subscribeAnew(connection, "a", 0L);
        subscribeAnew(connection, "a", ids.get(6));
        subscribeAnew(connection, "a", ids.get(5));
        subscribeAnew(connection, "a", head + 1);
        assertThat(client.notices())
                .containsExactly(
                        "subscribed a " + head + " " + head + " true",
                        "subscribed a 0 " + head + " true",
                        "subscribed a " + ids.get(6) + " " + head + " true",
                        "subscribed a " + ids.get(5) + " " + head + " false",
                        "subscribed a " + ids.get(6) + " " + head + " false");
        assertThat(client.gaps())
                .containsExactly(new Gap("a", ids.get(5), ids.get(6)), new Gap("a", head + 1, ids.get(6)));
    }

    @Test
    void answerComesBeforeTheFirstPublicationOfItsChannel() {
        hub.publishTimes(2, "a");
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.open(client, null, "z");
        hub.subscribe(connection, "a", 0L);
        assertThat(client.lines().get(0)).isInstanceOf(Line.Notice.class);
        assertThat(client.ids()).hasSize(2);
    }

    @Test
    void welcomeIsSaidFirstThenEachAnswerThenPublications() {
        long id = hub.publish("b");
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.hub.open(
                new Opening(new Client(Transport.WEBSOCKET, null, ""), TestHub.patterns("a", "b", "a"), 0L, null),
                client,
                TestHub.ANSWERS);
        assertThat(client.notices())
                .containsExactly(
                        "welcome " + connection.id(),
                        "subscribed a 0 " + id + " true",
                        "subscribed b 0 " + id + " true");
        assertThat(client.ids()).containsExactly(id);
        assertThat(connection.channels()).containsExactly("a", "b");
    }

    @Test
    void subscribingAgainWithoutACursorChangesNothing() {
        FakeOutlet client = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        Connection connection = hub.open(client, null, "a");
        long first = hub.publish("a");
        long second = hub.publish("a");
        hub.subscribe(connection, "a", null);
        client.completeAll();
        assertThat(client.ids()).containsExactly(first, second);
        assertThat(client.notices()).hasSize(1);
        assertThat(hub.channel("a").subscribers.count()).isEqualTo(1);
    }

    @Test
    void subscribingAgainWithACursorBeginsAnewFromThere() {
        List<Long> ids = hub.publishTimes(3, "a");
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.open(client, ids.get(1), "a");
        hub.subscribe(connection, "a", ids.get(0));
        assertThat(client.ids()).containsExactly(ids.get(2), ids.get(1), ids.get(2));
        long next = hub.publish("a");
        assertThat(client.ids()).endsWith(ids.get(2), next);
        assertThat(hub.channel("a").subscribers.count()).isEqualTo(1);
    }

    @Test
    void nothingIsPassedOverWhileASubscriptionBeginsAnew() {
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.open(client, null, "a", "b");
        List<Long> meanwhile = new ArrayList<>();
        Opening.Answers busy = new Opening.Answers() {
            @Override
            public @Nullable Frame welcome(Connection opened) {
                return null;
            }

            @Override
            public @Nullable Frame subscribed(Subscribed subscribed) {
                meanwhile.add(hub.publish("a"));
                meanwhile.add(hub.publish("b"));
                return null;
            }
        };
        hub.hub.subscribe(connection, new ChannelPattern("a"), 0L, busy);
        assertThat(client.ids()).startsWith(meanwhile.get(0), meanwhile.get(1));
    }

    @Test
    void unsubscribedChannelIsSilentAndTheOthersGoOn() {
        FakeOutlet client = new FakeOutlet();
        Connection connection = hub.open(client, null, "a", "b");
        assertThat(hub.hub.unsubscribe(connection, "a")).isTrue();
        assertThat(hub.hub.unsubscribe(connection, "a")).isFalse();
        hub.publish("a");
        long id = hub.publish("b");
        assertThat(client.ids()).containsExactly(id);
    }

    @Test
    void whoIsPresentOnAChannelIsSeenByNameAndByPatternOnce() {
        Connection named = hub.open(new FakeOutlet(), null, "a.x", "a.*");
        Connection covering = hub.open(new FakeOutlet(), null, "**");
        hub.open(new FakeOutlet(), null, "b");
        assertThat(hub.hub.present(new ChannelName("a.x"))).containsExactlyInAnyOrder(named, covering);
        assertThat(hub.hub.present(new ChannelName("c"))).containsExactly(covering);
    }

    // ---- refusals ----

    @Test
    void oneConnectionHasSoManySubscriptionsAtMost() {
        TestHub small = TestHub.with(settings -> settings.maxSubscriptions(2));
        FakeOutlet outlet = new FakeOutlet();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> small.open(outlet, null, "a", "b", "c"))
                .satisfies(e -> assertThat(e.why()).isEqualTo(RefusedException.Why.TOO_MUCH))
                .withMessageContaining("3 subscriptions")
                .withMessageContaining("limit is 2");
        Connection connection = small.open(outlet, null, "a", "b", "b");
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> small.subscribe(connection, "c", null));
        small.subscribe(connection, "b", 0L);
        small.hub.unsubscribe(connection, "b");
        small.subscribe(connection, "c", null);
        assertThat(connection.channels()).containsExactly("a", "c");
    }

    @Test
    void channelsThatNobodyAskedForDoNotCountAsSubscriptions() {
        TestHub small = TestHub.with(settings -> settings.maxSubscriptions(1));
        Connection connection = small.open(new FakeOutlet(), Transport.WEBSOCKET, "anna", null);
        small.publish("$user.anna");
        small.publish("$connection." + connection.id());
        small.subscribe(connection, "a", null);
        assertThat(connection.channels()).contains("a");
    }

    @Test
    void nodeHasSoManyConnectionsAtMost() {
        TestHub small = TestHub.with(settings -> settings.maxConnections(2));
        Connection first = small.open(new FakeOutlet(), null, "a");
        small.open(new FakeOutlet(), null, "a");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> small.open(new FakeOutlet(), null, "a"))
                .satisfies(e -> assertThat(e.why()).isEqualTo(RefusedException.Why.FULL));
        first.gone();
        small.open(new FakeOutlet(), null, "a");
    }

    @Test
    void nodeHasSoManyChannelsInUseAtMost() {
        TestHub small = TestHub.with(settings -> settings.maxChannels(2));
        small.reader("a", "b");
        assertFull(() -> small.publish("c"));
        assertFull(() -> small.reader("c"));
        assertFull(() -> small.publishTogether("a", "c"));
        small.publish("a");
        assertThat(small.hub.index().channelCount()).isEqualTo(2);
    }

    @Test
    void batchOfNewChannelsIsCountedAsAWhole() {
        TestHub small = TestHub.with(settings -> settings.maxChannels(3));
        small.reader("a", "b");
        assertFull(() -> small.publishTogether("c", "d"));
        small.publishTogether("c", "c", "a");
        assertThat(small.hub.index().channelCount()).isEqualTo(3);
    }

    @Test
    void fullIndexTakesNewChannelsAgainOnceSomeAreUnused() {
        TestHub small = TestHub.with(settings -> settings.maxChannels(2));
        Connection connection = small.open(new FakeOutlet(), null, "a", "b");
        assertFull(() -> small.publish("c"));
        connection.gone();
        small.clock.advance(Duration.ofSeconds(1));
        small.publish("c");
    }

    @Test
    void nodeHasSoManyPatternsInUseAtMost() {
        TestHub small = TestHub.with(settings -> settings.maxPatterns(1));
        small.reader("a.*");
        assertFull(() -> small.reader("b.*"));
        assertThat(small.hub.connections().count()).isEqualTo(1);
    }

    @Test
    void refusedOpeningLeavesNothingBehindAndTheOutletUntouched() {
        TestHub small = TestHub.with(settings -> settings.maxPatterns(1));
        small.reader("a.*");
        FakeOutlet outlet = new FakeOutlet();
        assertFull(() -> small.open(outlet, null, "x", "b.*"));
        assertThat(outlet.lines()).isEmpty();
        assertThat(outlet.aborts()).isZero();
        assertThat(small.hub.connections().count()).isEqualTo(1);
        small.publish("x");
        assertThat(outlet.lines()).isEmpty();
    }

    @Test
    void answerThatFailsLeavesNothingBehindAndTheOutletUntouched() {
        FakeOutlet outlet = new FakeOutlet();
        Opening opening = new Opening(new Client(Transport.WEBSOCKET, "anna", ""), TestHub.patterns("a"), null, null);
        Opening.Answers failing = new Opening.Answers() {
            @Override
            public Frame welcome(Connection connection) {
                return new Frame.Text("welcome");
            }

            @Override
            public Frame subscribed(Subscribed subscribed) {
                throw new IllegalStateException("cannot say it");
            }
        };
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> hub.hub.open(opening, outlet, failing));
        hub.publish("a");
        assertThat(outlet.lines()).isEmpty();
        assertThat(hub.hub.connections().count()).isZero();
        assertThat(hub.hub.connections().ofUser("anna")).isEmpty();
        assertThat(hub.channel("a").subscribers.count()).isZero();
    }

    // ---- going down ----

    @Test
    void hubThatGoesDownSaysGoodbyeToAllAndRefusesWhatIsNew() {
        FakeOutlet idle = hub.reader("a");
        FakeOutlet stuck = new FakeOutlet(LineEncoder.batch(), Mode.NEVER);
        hub.open(stuck, null, "a");
        hub.publish("a");
        hub.hub.shutdown(Duration.ZERO);
        hub.hub.shutdown(Duration.ZERO);

        assertThat(idle.goodbyes()).extracting(Line.Goodbye::reason).containsExactly(CloseReason.DRAIN);
        assertThat(stuck.aborts()).isEqualTo(1);
        assertThat(hub.hub.accepting()).isFalse();
        assertThat(hub.hub.connections().count()).isZero();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> hub.publish("a"))
                .satisfies(e -> assertThat(e.why()).isEqualTo(RefusedException.Why.DRAINING));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> hub.reader("a"));
    }

    private void subscribeAnew(Connection connection, String channel, long since) {
        hub.hub.unsubscribe(connection, channel);
        hub.subscribe(connection, channel, since);
    }

    private static void assertFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.why()).isEqualTo(RefusedException.Why.FULL));
    }
}
