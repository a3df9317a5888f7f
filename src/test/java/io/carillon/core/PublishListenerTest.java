package io.carillon.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishListenerTest {
    private final TestHub hub = TestHub.retaining(3);
    private final List<String> heard = new ArrayList<>();

    @Test
    void whatTheHubItselfPublishesIsDeliveredAndHeardByNoListener() {
        FakeOutlet client = hub.reader("a", "b");
        hub.hub.listen((batch, answers) -> answers.forEach(answer -> heard.add(answer.channel())));

        hub.hub.publish(List.of(to("a")));
        hub.hub.publishOwn(List.of(to("b")));

        assertThat(heard).containsExactly("a");
        assertThat(client.ids()).hasSize(2);
    }

    @Test
    void hubThatGoesDownPublishesNothingOfItsOwnEither() {
        hub.hub.shutdown(Duration.ZERO);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> hub.hub.publishOwn(List.of(to("a"))));
    }

    private static NewPublication to(String channel) {
        return new NewPublication(new ChannelName(channel), "1".getBytes(UTF_8));
    }
}
