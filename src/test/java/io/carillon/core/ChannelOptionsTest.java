package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels that differ: without a history, with a time to live; and publications that are only for who is there. */
class ChannelOptionsTest {
    private static final Retention USUAL = new Retention(10, Duration.ofDays(1), Long.MAX_VALUE);
    private static final ChannelName OFF = new ChannelName("off");
    private static final Duration SOON = Duration.ofMillis(Publication.EPHEMERAL_MILLIS);

    private final TestHub hub = TestHub.with(settings -> settings.options(name -> switch (name) {
        case "off" -> new ChannelOptions(USUAL, false, null);
        case "short" -> new ChannelOptions(USUAL, true, Duration.ofSeconds(60));
        default -> new ChannelOptions(USUAL);
    }));

    @Test
    void channelWithoutHistoryIsStillLive() {
        FakeOutlet client = hub.reader("off");
        FakeOutlet pattern = hub.reader("**");
        List<Long> ids = hub.publishTimes(30, "off");
        assertThat(client.ids()).isEqualTo(ids);
        assertThat(pattern.ids()).isEqualTo(ids);
    }

    @Test
    void channelWithoutHistoryGivesNothingToWhoComesLater() {
        long id = hub.publish("off");
        FakeOutlet late = hub.reader(0L, "off");
        assertThat(late.ids()).isEmpty();
        assertThat(late.gaps()).isEmpty();
        assertThat(hub.hub.history(OFF, 0, 10).publications()).isEmpty();
        assertThat(late.ids()).isEmpty();
        long next = hub.publish("off");
        assertThat(next).isGreaterThan(id);
        assertThat(late.ids()).containsExactly(next);
    }

    @Test
    void whoComesBackAtOnceMissesNothingAndLaterIsToldOfAGap() {
        long before = hub.publish("off");
        long missed = hub.publish("off");
        assertThat(hub.reader(before, "off").ids()).containsExactly(missed);
        hub.clock.advance(SOON);
        assertThat(hub.reader(before, "off").ids()).isEmpty();
        hub.hub.sweep();
        assertThat(hub.reader(before, "off").gaps()).containsExactly(new Gap("off", before, missed));
        assertThat(hub.channel("off").retained.bytes()).isZero();
    }

    @Test
    void ephemeralPublicationIsNoPartOfAHistory() {
        FakeOutlet there = hub.reader("a");
        long first = hub.publish("a");
        long ephemeral = hub.publishEphemeral("a");
        long last = hub.publish("a");
        assertThat(there.ids()).containsExactly(first, ephemeral, last);
        assertThat(hub.hub.history(new ChannelName("a"), 0, 10).publications())
                .extracting(Publication::id)
                .containsExactly(first, last);
        hub.clock.advance(SOON);
        FakeOutlet late = hub.reader(first, "a");
        assertThat(late.ids()).containsExactly(last);
        assertThat(late.gaps()).isEmpty();
    }

    @Test
    void timeToLiveOfAChannelIsForPublicationsThatNameNone() {
        long usual = hub.publish("short");
        long longer = hub.publishFor(Duration.ofSeconds(100), "short");
        long endless = hub.publishFor(Duration.ZERO, "short");
        hub.clock.advance(Duration.ofSeconds(59));
        assertThat(hub.reader(0L, "short").ids()).containsExactly(usual, longer, endless);
        hub.clock.advance(Duration.ofSeconds(1));
        assertThat(hub.reader(0L, "short").ids()).containsExactly(longer, endless);
        hub.clock.advance(Duration.ofSeconds(40));
        assertThat(hub.reader(0L, "short").ids()).containsExactly(endless);
    }
}
