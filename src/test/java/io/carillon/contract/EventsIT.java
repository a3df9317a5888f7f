package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.WebSocketClient;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application that has the hub inside observes it and speaks to it; the archive holds {@link Witness}. */
class EventsIT extends ContractIT implements Contract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with(
                "carillon.channel.options=room.** presence=on\n", HeaderUser.class, Witness.class);
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    @Test
    void observersHearOfMembersAndPublicationsInOrder() {
        String room = "room." + freshChannel();
        try (Subscriber seen = connect(List.of(Witness.CHANNEL), null);
                WebSocketClient ann = new WebSocketClient(target().with(HeaderUser.HEADER, "ann"))) {
            ann.connect(List.of(room), null);
            awaitSaid(seen, "occupied " + room, "joined user:ann 1");
            assertThat(Expect.until(Duration.ofSeconds(10), () -> ann.received().stream()
                            .anyMatch(received -> received.event().equals("hello"))))
                    .as("her own mail: %s", ann.received())
                    .isTrue();
            publisher().publish(room, "order", "{\"n\":1}");
            awaitSaid(seen, "occupied " + room, "joined user:ann 1", "published " + room + " 7 bytes");
            ann.send("{\"type\":\"unsubscribe\",\"channel\":\"" + room + "\"}");
            awaitSaid(
                    seen,
                    "occupied " + room,
                    "joined user:ann 1",
                    "published " + room + " 7 bytes",
                    "left user:ann 0",
                    "vacated, members 0");
        }
    }

    private static void awaitSaid(Subscriber seen, String... sentences) {
        Expect.until(Duration.ofSeconds(20), () -> seen.received().size() >= sentences.length);
        assertThat(seen.received().stream().map(Received::data).map(EventsIT::unquote))
                .containsExactly(sentences);
    }

    private static String unquote(String json) {
        return json.substring(1, json.length() - 1);
    }
}
