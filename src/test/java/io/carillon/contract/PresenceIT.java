package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.WebSocketClient;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Members of a channel, whatever becomes of their connections, on the server that the profile selects. */
class PresenceIT extends ContractIT implements Contract {
    private static final Duration LEASE = Duration.ofSeconds(4);
    /** A connection that is dead shows at the second heartbeat at the latest, and then the lease begins. */
    private static final Duration UNTIL_GONE = Duration.ofSeconds(30);

    private static final String CONFIG = """
            carillon.heartbeat=5s
            carillon.silence=10s
            carillon.presence.lease=4s
            carillon.channel.options=room.** presence=on
            """;

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with(CONFIG, HeaderUser.class);
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    private String freshRoom() {
        return "room." + freshChannel();
    }

    /** Who listens to all rooms, and is a member of none. */
    private Subscriber observer() {
        return new WebSocketClient(target()).connect(List.of("room.*"), null);
    }

    /** The clients of these tests write what they are given into the address. */
    private static List<String> named(String room, String client) {
        return List.of(room + "&client=" + client);
    }

    private long members(String room) {
        return presence(room).number("present");
    }

    private void awaitMembers(String room, long count, Duration patience) {
        assertThat(Expect.until(patience, () -> members(room) == count))
                .as("%s members: %s", count, presence(room))
                .isTrue();
    }

    private static List<String> told(Subscriber observer, String room) {
        return observer.received().stream()
                .filter(received -> received.channel().equals(room))
                .filter(received -> !received.event().equals("message"))
                .map(PresenceIT::text)
                .toList();
    }

    private static String text(Received received) {
        JsonObject data = JsonObject.parse(received.data());
        return received.event() + ' ' + data.text("member") + ' ' + data.number("count");
    }

    private static void awaitTold(Subscriber observer, String room, String... events) {
        Expect.until(UNTIL_GONE, () -> told(observer, room).size() >= events.length);
        assertThat(told(observer, room)).as("what is told of %s", room).containsExactly(events);
    }

    @Test
    void whoComesBackWithinTheLeaseOnAnotherTransportHasNeitherLeftNorJoined() {
        for (Wire wire : Wire.values()) {
            String room = freshRoom();
            long start = publisher().publish(room, "0");
            try (Subscriber observer = observer()) {
                Subscriber before = wire.subscriber(target()).connect(named(room, "tab"), start);
                awaitMembers(room, 1, Duration.ofSeconds(10));
                before.close();
                Subscriber after = wire.next().subscriber(target()).connect(named(room, "tab"), start);
                // The observer and the one that is back; the other has been found dead.
                assertThat(Expect.until(UNTIL_GONE, () -> present(room) == 2))
                        .as("%s after %s: %s", wire.next(), wire, presence(room))
                        .isTrue();
                assertThat(presence(room).objects("members"))
                        .singleElement()
                        .satisfies(member -> assertThat(member.text("member")).isEqualTo("client:tab"));
                after.close();
                awaitMembers(room, 0, UNTIL_GONE);
                awaitTold(observer, room, "join client:tab 1", "leave client:tab 0");
            }
        }
    }

    @Test
    void whoPollsIsThereBetweenTwoPolls() {
        String room = freshRoom();
        long cursor = publisher().publish(room, "0");
        PollClient poll = new PollClient(target());
        try (Subscriber observer = observer()) {
            for (int i = 0; i < 4; i++) {
                cursor = poll.once(named(room, "tab"), cursor, 1).cursor();
                assertThat(Expect.until(Duration.ofSeconds(2), () -> present(room) == 1))
                        .as("only the observer's connection is left: %s", presence(room))
                        .isTrue();
                assertThat(members(room)).as("members between two polls").isEqualTo(1);
            }
            awaitTold(observer, room, "join client:tab 1");
            awaitMembers(room, 0, UNTIL_GONE);
            awaitTold(observer, room, "join client:tab 1", "leave client:tab 0");
        }
    }

    @Test
    void aUserIsOneMemberHoweverManyConnectionsHeHasAndLeavesAtOnceWhenHeSaysSo() {
        String room = freshRoom();
        long start = publisher().publish(room, "0");
        Target ann = target().with(HeaderUser.HEADER, "ann");
        Target bob = target().with(HeaderUser.HEADER, "bob");
        List<Subscriber> anns = new ArrayList<>();
        try (Subscriber observer = observer();
                WebSocketClient single = new WebSocketClient(bob)) {
            for (Wire wire : Wire.values()) {
                anns.add(wire.subscriber(ann).connect(List.of(room), start));
            }
            assertThat(Expect.until(Duration.ofSeconds(10), () -> present(room) == 4))
                    .isTrue();
            awaitTold(observer, room, "join user:ann 1");

            single.connect(List.of(room), null);
            awaitTold(observer, room, "join user:ann 1", "join user:bob 2");
            long asked = System.nanoTime();
            single.send("{\"type\":\"unsubscribe\",\"channel\":\"" + room + "\"}");
            awaitTold(observer, room, "join user:ann 1", "join user:bob 2", "leave user:bob 1");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LEASE);
            assertThat(members(room)).isEqualTo(1);
        } finally {
            anns.forEach(Subscriber::close);
        }
    }

    @Test
    void onlyTheHubSaysWhoIsThereAndNamesHaveAGrammar() {
        String room = freshRoom();
        Publisher.Answer join =
                publisher().post("v1/channels/" + room + "/publications?event=join", "application/json", "1");
        assertThat(join.status()).as(join.body()).isEqualTo(400);
        assertThat(join.body()).contains("invalid-request", "the hub's own");
        for (String path : List.of("v1/poll", "v1/events")) {
            Publisher.Answer answer = publisher().get(path + "?channel=" + room + "&client=a%20b");
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("client is");
        }
        assertThat(presence(freshChannel()).has("members"))
                .as("a channel without the option has members")
                .isFalse();
    }
}
