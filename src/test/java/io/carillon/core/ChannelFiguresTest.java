package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelFiguresTest {
    @Test
    void aChannelSaysWhatItRetainsAndWhoIsThere() {
        TestHub hub = TestHub.retaining(3);
        hub.reader("a");
        hub.reader("*");
        hub.publish("b");
        hub.publishTimes(4, "a");
        long now = hub.clock.millis();

        ChannelFigures figures = only(hub, "a");

        assertThat(figures.subscribers()).isEqualTo(1);
        assertThat(hub.hub.subscribers("a")).isEqualTo(2);
        assertThat(figures.retained()).isEqualTo(3);
        assertThat(figures.newest() - figures.floor()).isEqualTo(3);
        assertThat(figures.newest()).isEqualTo(hub.hub.head());
        assertThat(figures.last()).isEqualTo(now);
    }

    @Test
    void itsRateIsThatOfTheLastTenSeconds() {
        TestHub hub = TestHub.roomy();
        hub.publishTimes(100, "a");
        hub.clock.advance(Duration.ofSeconds(11));
        hub.publishTimes(30, "a");
        assertThat(only(hub, "a").rate()).isEqualTo(3);
        hub.clock.advance(Duration.ofSeconds(11));
        assertThat(only(hub, "a").rate()).isZero();
        assertThat(only(hub, "a").last()).isEqualTo(hub.clock.millis() - 11_000);
    }

    @Test
    void whereLessIsRetainedItIsThatOfWhatThereIs() {
        TestHub hub = TestHub.retaining(20);
        for (int i = 0; i < 40; i++) {
            hub.publish("a");
            hub.clock.advance(Duration.ofMillis(100));
        }
        assertThat(only(hub, "a").rate()).isEqualTo(10);
    }

    private static ChannelFigures only(TestHub hub, String channel) {
        return hub.hub.channels(channel::equals).get(0);
    }
}
