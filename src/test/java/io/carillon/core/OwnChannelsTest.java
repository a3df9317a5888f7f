package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The channels that a connection is on without asking: its own, and its user's. */
class OwnChannelsTest {
    private static final String ANNA = "$user.anna";

    private final TestHub hub = TestHub.retaining(3);

    @Test
    void publicationForOneConnectionReachesItAlone() {
        FakeOutlet mine = new FakeOutlet();
        FakeOutlet others = new FakeOutlet();
        Connection connection = hub.open(mine, null, "a");
        hub.open(others, null, "a", "**");

        String own = ChannelName.ofConnection(connection.id()).value();
        long first = hub.publish(own);
        long second = hub.publish(own);

        assertThat(mine.ids(own)).containsExactly(first, second);
        assertThat(others.ids()).isEmpty();
    }

    @Test
    void publicationForAConnectionThatIsNotHereIsRefused() {
        Connection connection = hub.open(new FakeOutlet(), null, "a");
        connection.gone();
        assertThatExceptionOfType(UnknownConnectionException.class)
                .isThrownBy(() -> hub.publish("$connection." + connection.id()));
    }

    @Test
    void channelOfAConnectionThatHasLeftIsForgottenByTheSweep() {
        Connection connection = hub.open(new FakeOutlet(), null, "a");
        hub.publish("$connection." + connection.id());
        hub.hub.sweep();
        assertThat(hub.hub.index().channelCount()).isEqualTo(2);
        connection.gone();
        hub.hub.sweep();
        assertThat(hub.hub.index().channelCount()).isEqualTo(1);
        assertThat(hub.hub.index().bytes()).isZero();
    }

    @Test
    void connectionIdsOfARestartedNodeAreNotThoseOfBefore() {
        Connection before = hub.open(new FakeOutlet(), null, "a");
        hub.clock.advance(java.time.Duration.ofSeconds(1));
        Hub restarted = new Hub(hub.hub.settings(), hub.log, Runnable::run, hub.clock);
        Connection after = restarted.open(
                new Opening(new Client(Transport.SSE, null, ""), TestHub.patterns("a"), null, null),
                new FakeOutlet(),
                Opening.Answers.NONE);
        assertThat(after.id()).isNotEqualTo(before.id());
    }

    @Test
    void publicationForAUserReachesAllHisConnectionsAndNobodyElse() {
        FakeOutlet early = anna(null);
        FakeOutlet otto = new FakeOutlet();
        hub.open(otto, Transport.SSE, "otto", null, "a", "**");
        long first = hub.publish(ANNA);
        FakeOutlet late = anna(null);
        long second = hub.publish(ANNA);

        assertThat(early.ids(ANNA)).containsExactly(first, second);
        assertThat(late.ids(ANNA)).containsExactly(second);
        assertThat(otto.ids()).isEmpty();
    }

    @Test
    void userResumesHisChannelFromTheCursorOfHisConnection() {
        anna(null);
        long first = hub.publish(ANNA);
        long second = hub.publish(ANNA);
        assertThat(anna(first).ids()).containsExactly(second);
        assertThat(anna(0L).ids()).containsExactly(first, second);
    }

    @Test
    void allThatIsRetainedIsNoGapOnAUsersChannelEither() {
        hub.publishTimes(10, ANNA);
        FakeOutlet outlet = anna(0L);
        assertThat(outlet.ids()).hasSize(3);
        assertThat(outlet.gaps()).isEmpty();
    }

    @Test
    void cursorThatThisLogNeverGaveOutIsAGapOnAUsersChannelAndDeliveryGoesOn() {
        long first = hub.publish(ANNA);
        long future = first + 1_000_000;
        FakeOutlet outlet = anna(future);
        long second = hub.publish(ANNA);

        assertThat(outlet.gaps()).contains(new Gap(ANNA, future, 1_000_000));
        assertThat(outlet.ids()).containsExactly(first, second);
    }

    @Test
    void cursorThatThisLogNeverGaveOutIsAGapOnAUsersChannelThatDoesNotExist() {
        long future = hub.hub.head() + 5;
        FakeOutlet outlet = anna(future);
        assertThat(outlet.gaps()).contains(new Gap(ANNA, future, 1_000_000));
        long id = hub.publish(ANNA);
        assertThat(outlet.ids()).containsExactly(id);
    }

    @Test
    void whatAUserMissedOnAChannelThatWasForgottenIsAGap() {
        TestHub small = TestHub.with(settings -> settings.maxChannels(2));
        long cursor = small.publish("a");
        small.publish(ANNA);
        small.publish("b"); // forgets a
        small.publish("c"); // forgets the user's
        assertThat(small.hub.index().find(ANNA)).isNull();

        FakeOutlet outlet = new FakeOutlet();
        small.open(outlet, Transport.SSE, "anna", cursor);
        assertThat(outlet.gaps())
                .containsExactly(new Gap(ANNA, cursor, small.hub.index().base()));
        long next = small.publish(ANNA);
        assertThat(outlet.ids()).containsExactly(next);
    }

    @Test
    void userWhoMissedNothingCostsNoChannel() {
        hub.publish("a");
        anna(null);
        anna(hub.hub.head());
        anna(0L);
        assertThat(hub.hub.index().channelCount()).isEqualTo(1);
    }

    private FakeOutlet anna(@Nullable Long since) {
        FakeOutlet outlet = new FakeOutlet();
        hub.open(outlet, Transport.SSE, "anna", since);
        return outlet;
    }
}
