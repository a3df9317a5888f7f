package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is in a channel that asks for it, and what is told of that. */
class PresenceTest {
    private static final ChannelOptions ROOM =
            new ChannelOptions(new Retention(100, Duration.ofDays(1), Long.MAX_VALUE), true, null, true);
    private static final ChannelName NAME = new ChannelName("room");

    private final TestHub hub = TestHub.with(settings ->
            settings.options(name -> name.startsWith("room") ? ROOM : new ChannelOptions(ROOM.retention())));
    private final List<String> told = new ArrayList<>();

    PresenceTest() {
        hub.hub.presence().listen(changes -> changes.forEach(change -> told.add(text(change))));
    }

    private static String text(PresenceChange change) {
        Member member = change.member();
        return change.kind() + (member == null ? "" : " " + member.id()) + " " + change.count();
    }

    private Connection open(Transport transport, @Nullable String user, @Nullable String name, String... channels) {
        return open(new FakeOutlet(), transport, user, name, channels);
    }

    private Connection open(
            FakeOutlet outlet, Transport transport, @Nullable String user, @Nullable String name, String... channels) {
        Client client = new Client(transport, user, "", Credential.NONE, name);
        Opening opening = new Opening(client, TestHub.patterns(channels), null, null);
        return hub.hub.open(opening, outlet, Opening.Answers.NONE);
    }

    /** One of a crowd: what each of thousands reads would take a heap. */
    private static FakeOutlet deaf() {
        return new FakeOutlet(LineEncoder.single(), FakeOutlet.Mode.NEVER);
    }

    private List<String> announced() {
        hub.hub.presence().announce();
        List<String> fresh = List.copyOf(told);
        told.clear();
        return fresh;
    }

    private static Attendance there(TestHub hub) {
        return Objects.requireNonNull(hub.hub.presence().of(NAME));
    }

    private List<String> members() {
        Attendance there = there(hub);
        List<String> ids =
                there.members().stream().map(present -> present.member().id()).toList();
        assertThat(there.count()).isEqualTo(ids.size());
        return ids;
    }

    @Test
    void membersAreUsersThenNamesThenConnections() {
        open(Transport.SSE, "ann", "tab", "room");
        open(Transport.WEBSOCKET, "ann", null, "room");
        open(Transport.LONG_POLL, null, "tab", "room");
        Connection stranger = open(Transport.SSE, null, null, "room");
        open(Transport.LONG_POLL, null, null, "room");
        open(Transport.SSE, "pat", null, "room.*", "room", "**").gone();
        open(Transport.SSE, "tern", null, "**");

        assertThat(members()).containsExactly("user:ann", "client:tab", "connection:" + stranger.id(), "user:pat");
        assertThat(announced())
                .containsExactly(
                        "OCCUPIED 1",
                        "JOINED user:ann 1",
                        "JOINED client:tab 2",
                        "JOINED connection:" + stranger.id() + " 3",
                        "JOINED user:pat 4");
    }

    @Test
    void whoComesBackWithinTheLeaseHasNeitherLeftNorJoined() {
        Connection first = open(Transport.WEBSOCKET, null, "tab", "room");
        assertThat(announced()).containsExactly("OCCUPIED 1", "JOINED client:tab 1");
        first.gone();
        hub.clock.advance(TestHub.LEASE.minusMillis(1));
        assertThat(announced()).isEmpty();
        Connection second = open(Transport.LONG_POLL, null, "tab", "room");
        hub.clock.advance(TestHub.LEASE.multipliedBy(2));
        assertThat(announced()).isEmpty();
        second.finished();
        hub.clock.advance(TestHub.LEASE.minusMillis(1));
        assertThat(members()).containsExactly("client:tab");
        hub.clock.advance(Duration.ofMillis(1));
        assertThat(members()).isEmpty();
        assertThat(announced()).containsExactly("LEFT client:tab 0", "VACATED 0");
        assertThat(announced()).isEmpty();
    }

    @Test
    void whoUnsubscribesOrIsSentAwayOrCannotComeBackLeavesAtOnce() {
        Connection unsubscribing = open(Transport.WEBSOCKET, "ann", null, "room");
        Connection kicked = open(Transport.SSE, "bob", null, "room");
        Connection stranger = open(Transport.SSE, null, null, "room");
        Connection draining = open(Transport.SSE, "cat", null, "room");
        announced();
        hub.hub.unsubscribe(unsubscribing, "room");
        kicked.close(CloseReason.KICKED);
        stranger.gone();
        draining.close(CloseReason.DRAIN);
        assertThat(members()).containsExactly("user:cat");
        assertThat(announced())
                .containsExactly("LEFT user:ann 3", "LEFT user:bob 2", "LEFT connection:" + stranger.id() + " 1");
    }

    @Test
    void theLastOfSeveralConnectionsCounts() {
        Connection one = open(Transport.WEBSOCKET, "ann", null, "room");
        Connection two = open(Transport.SSE, "ann", null, "room");
        announced();
        hub.hub.unsubscribe(one, "room");
        hub.clock.advance(TestHub.LEASE);
        assertThat(announced()).isEmpty();
        hub.subscribe(two, "room", 0L); // begins anew
        assertThat(announced()).isEmpty();
        two.gone();
        hub.clock.advance(TestHub.LEASE);
        assertThat(announced()).containsExactly("LEFT user:ann 0", "VACATED 0");
    }

    @Test
    void whoSaysWhoHeIsLeavesAsAStrangerAndJoinsAsHimself() {
        Connection connection = open(Transport.WEBSOCKET, null, "tab", "room");
        announced();
        Client ann = new Client(Transport.WEBSOCKET, "ann", "");
        hub.hub.identify(connection, ann);
        assertThat(announced()).containsExactly("LEFT client:tab 0", "VACATED 0", "OCCUPIED 1", "JOINED user:ann 1");
        hub.hub.identify(connection, ann);
        assertThat(announced()).isEmpty();
    }

    @Test
    void subscribersHearOfItByPublicationsThatAreNoPartOfTheHistory() {
        FakeOutlet pattern = hub.reader("**");
        FakeOutlet member = new FakeOutlet();
        open(member, Transport.SSE, "ann", null, "room");
        hub.hub.presence().announce();
        Connection other = open(Transport.SSE, "bob", null, "room");
        hub.hub.unsubscribe(other, "room");
        hub.hub.presence().announce(); // too short to be told
        assertThat(member.messages())
                .extracting(Line.Message::event, Line.Message::data)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("join", "null"));
        assertThat(pattern.ids()).isEqualTo(member.ids());
        assertThat(hub.hub.history(NAME, 0, 10).publications()).isEmpty();
        assertThat(there(hub).cursor()).isEqualTo(member.ids().get(0));
    }

    @Test
    void onlyTheHubSaysJoinAndLeaveWhereItTellsOfMembers() {
        NewPublication join = new NewPublication(NAME, "join", new byte[] {'1'}, null, null);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> hub.hub.publish(List.of(join)))
                .withMessageContaining("event \"join\"")
                .matches(refused -> refused.why() == RefusedException.Why.RESERVED);
        hub.hub.publish(List.of(new NewPublication(new ChannelName("a"), "join", new byte[] {'1'}, null, null)));
    }

    @Test
    void aChannelThatDoesNotAskHasNoMembers() {
        open(Transport.SSE, "ann", null, "a");
        assertThat(hub.hub.presence().of(new ChannelName("a"))).isNull();
        assertThat(announced()).isEmpty();
        assertThat(hub.hub.head()).as("nothing was published").isEqualTo(1_000_000);
    }

    @Test
    void aStormOfThoseWhoAreSoonBackIsNotTold() {
        List<Connection> crowd = IntStream.range(0, 5000)
                .mapToObj(i -> open(deaf(), Transport.WEBSOCKET, "u" + i, null, "room"))
                .toList();
        assertThat(announced()).hasSize(5001);
        long head = hub.hub.head();
        crowd.forEach(Connection::gone);
        hub.hub.presence().announce();
        hub.clock.advance(TestHub.LEASE.minusSeconds(1));
        IntStream.range(0, 5000).forEach(i -> open(deaf(), Transport.SSE, "u" + i, null, "room"));
        hub.clock.advance(TestHub.LEASE);
        assertThat(announced()).isEmpty();
        assertThat(hub.hub.head()).isEqualTo(head);
        assertThat(there(hub).count()).isEqualTo(5000);
        assertThat(there(hub).members()).hasSize(Presence.MOST_LISTED);
    }

    @Test
    void moreLeasesThanConnectionsEndTheOldest() {
        TestHub small = TestHub.with(settings -> settings.options(name -> ROOM).maxConnections(2));
        for (String name : List.of("a", "b", "c")) {
            Client client = new Client(Transport.LONG_POLL, null, "", Credential.NONE, name);
            small.hub
                    .open(
                            new Opening(client, TestHub.patterns("room"), null, null),
                            new FakeOutlet(),
                            Opening.Answers.NONE)
                    .gone();
        }
        assertThat(there(small).members())
                .extracting(present -> present.member().id())
                .containsExactly("client:b", "client:c");
    }

    @Test
    void whatCannotBeStoredIsToldTheNextTime() {
        open(Transport.SSE, "ann", null, "room");
        hub.hub.presence().listen(changes -> {
            throw new IllegalStateException("a listener that fails");
        });
        assertThat(announced()).hasSize(2);
        open(Transport.SSE, "bob", null, "room");
        hub.log.close();
        assertThat(announced()).isEmpty();
        assertThat(members()).containsExactly("user:ann", "user:bob");
    }

    @Test
    void manyThreadsThatComeAndGoLeaveNobodyBehind() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                String user = "u" + t % 2;
                runs.add(pool.submit(() -> {
                    for (int i = 0; i < 2000; i++) {
                        Connection connection = open(Transport.WEBSOCKET, user, null, "room");
                        Future<?> end = pool.submit(connection::gone);
                        hub.hub.unsubscribe(connection, "room");
                        hub.subscribe(connection, "room", null);
                        hub.hub.presence().announce();
                        end.get();
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            pool.shutdownNow();
        }
        hub.clock.advance(TestHub.LEASE);
        hub.hub.presence().announce();
        assertThat(members()).isEmpty();
        for (String user : List.of("u0", "u1")) {
            List<String> own = told.stream().filter(text -> text.contains(user)).toList();
            List<String> alternating = Stream.iterate("JOINED", kind -> kind.equals("JOINED") ? "LEFT" : "JOINED")
                    .limit(own.size())
                    .toList();
            assertThat(own.stream().map(text -> text.substring(0, text.indexOf(' '))))
                    .as("%s joins and leaves in turn", user)
                    .containsExactlyElementsOf(alternating);
            assertThat(own.size() % 2).isZero();
        }
    }
}
