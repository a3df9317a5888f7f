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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Members of a channel, whatever becomes of their connections, on the server that the profile selects; and who is told of
 * them: subscribers, a hook ({@link HookReceiver}) and the application that has the hub inside ({@link Witness}).
 */
class PresenceIT extends ContractIT implements Contract {
    private static final Duration LEASE = Duration.ofSeconds(2);
    /** A dead connection shows at the second write at the latest, and then the lease begins. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HookReceiver HOOK = new HookReceiver();

    @Deployment(testable = false)
    static WebArchive hub() {
        String config = """
                carillon.presence.lease=2s
                carillon.channel.options=room.** presence=on
                carillon.hook.secret=%s
                carillon.hook.url=http://127.0.0.1:%s/hook
                """.formatted(HookReceiver.SECRET, HOOK.port());
        return HubDeployment.with(config, HeaderUser.class, Witness.class);
    }

    @AfterAll
    static void stop() {
        HOOK.close();
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

    private void await(String room, String what, Callable<Boolean> condition) {
        assertThat(Expect.until(PATIENCE, condition))
                .as("%s: %s", what, presence(room))
                .isTrue();
    }

    /** A server finds out by writing that a client has gone: gives it something to write until the condition holds. */
    private void awaitWriting(String room, String what, Callable<Boolean> condition) {
        await(room, what, () -> {
            publisher().publish(room, "0");
            return condition.call();
        });
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
        Expect.until(PATIENCE, () -> told(observer, room).size() >= events.length);
        assertThat(told(observer, room)).as("what is told of %s", room).containsExactly(events);
    }

    @Test
    void whoComesBackWithinTheLeaseOnAnotherTransportHasNeitherLeftNorJoined() {
        Map<Wire, String> rooms = new EnumMap<>(Wire.class);
        Map<Wire, Subscriber> back = new EnumMap<>(Wire.class);
        try (Subscriber observer = observer()) {
            for (Wire wire : Wire.values()) {
                String room = freshRoom();
                rooms.put(wire, room);
                long start = publisher().publish(room, "0");
                Subscriber before = wire.subscriber(target()).connect(named(room, "tab"), start);
                await(room, wire + " is there", () -> members(room) == 1);
                before.close();
                back.put(wire, wire.next().subscriber(target()).connect(named(room, "tab"), start));
            }
            long change = System.nanoTime();
            rooms.forEach((wire, room) ->
                    awaitWriting(room, wire + " is dead, " + wire.next() + " and a lease later is there", () -> {
                        boolean late = System.nanoTime() - change
                                > LEASE.plusSeconds(1).toNanos();
                        return late && presence(room).objects("subscribers").size() == 2; // with the observer
                    }));
            rooms.values()
                    .forEach(room -> assertThat(presence(room).objects("members"))
                            .singleElement()
                            .satisfies(
                                    member -> assertThat(member.text("member")).isEqualTo("client:tab")));
            back.values().forEach(Subscriber::close);
            rooms.values().forEach(room -> {
                awaitWriting(room, "left", () -> members(room) == 0);
                awaitTold(observer, room, "join client:tab 1", "leave client:tab 0");
            });
        } finally {
            back.values().forEach(Subscriber::close);
        }
    }

    @Test
    void whoPollsIsThereBetweenTwoPollsAndAHookIsToldWhenHeComesAndGoes() {
        String room = freshRoom();
        long cursor = publisher().publish(room, "0");
        PollClient poll = new PollClient(target());
        try (Subscriber observer = observer()) {
            for (int i = 0; i < LEASE.toSeconds() + 1; i++) {
                cursor = poll.once(named(room, "tab"), cursor, 1).cursor();
                await(room, "only the observer's connection is left", () -> present(room) == 1);
                assertThat(members(room)).as("members between two polls").isEqualTo(1);
            }
            awaitTold(observer, room, "join client:tab 1");
            await(room, "left", () -> members(room) == 0);
            awaitTold(observer, room, "join client:tab 1", "leave client:tab 0");
        }
        Expect.until(PATIENCE, () -> HOOK.events(room).size() >= 4);
        assertThat(HOOK.events(room))
                .containsExactly("occupied 1", "joined client:tab 1", "left client:tab 0", "vacated 0");
        assertThat(HOOK.refused()).as("posts that are not genuine").isEmpty();
    }

    @Test
    void aUserIsOneMemberHoweverManyConnectionsHeHasAndLeavesAtOnceWhenHeSaysSo() {
        String room = freshRoom();
        long start = publisher().publish(room, "0");
        Target ann = target().with(HeaderUser.HEADER, "ann");
        Target bob = target().with(HeaderUser.HEADER, "bob");
        try (Subscriber observer = observer();
                Subscriber socket = Wire.WEBSOCKET.subscriber(ann).connect(List.of(room), start);
                Subscriber stream = Wire.SSE.subscriber(ann).connect(List.of(room), start);
                Subscriber poll = Wire.POLL.subscriber(ann).connect(List.of(room), start);
                WebSocketClient single = new WebSocketClient(bob)) {
            await(room, "observer, " + socket + ", " + stream + ", " + poll, () -> present(room) == 4);
            awaitTold(observer, room, "join user:ann 1");
            single.connect(List.of(room), null);
            awaitTold(observer, room, "join user:ann 1", "join user:bob 2");
            long asked = System.nanoTime();
            single.send("{\"type\":\"unsubscribe\",\"channel\":\"" + room + "\"}");
            awaitTold(observer, room, "join user:ann 1", "join user:bob 2", "leave user:bob 1");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LEASE);
            assertThat(members(room)).isEqualTo(1);
        }
    }

    @Test
    void observersInTheApplicationHearOfMembersAndPublicationsInOrder() {
        String room = freshRoom();
        try (Subscriber seen = connect(List.of("seen." + room), null);
                WebSocketClient ann = new WebSocketClient(target().with(HeaderUser.HEADER, "ann"))) {
            ann.connect(List.of(room), null);
            awaitSeen(seen, "occupied", "joined user:ann 1");
            publisher().publish(room, "order", "{\"n\":1}");
            awaitSeen(seen, "occupied", "joined user:ann 1", "published 7 bytes");
            assertThat(Expect.until(
                            PATIENCE,
                            () -> ann.received().stream()
                                    .anyMatch(received -> received.event().equals("thanks"))))
                    .as("her own mail: %s", ann.received())
                    .isTrue();
            ann.send("{\"type\":\"unsubscribe\",\"channel\":\"" + room + "\"}");
            awaitSeen(
                    seen,
                    "occupied",
                    "joined user:ann 1",
                    "published 7 bytes",
                    "left user:ann 0",
                    "vacated, members 0");
        }
    }

    private static void awaitSeen(Subscriber seen, String... sentences) {
        Expect.until(PATIENCE, () -> seen.received().size() >= sentences.length);
        assertThat(seen.received().stream().map(received -> received.data().replace("\"", "")))
                .containsExactly(sentences);
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
