package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.PresenceChange.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A hub with rooms, a few connections that come and go, and an oracle beside it: for each member of each room the slots
 * that sit there, and until when his place is kept.
 */
final class Guests {
    static final List<String> ROOMS = List.of("room.a", "room.b");
    static final int SLOTS = 4;

    private static final ChannelOptions ROOM =
            new ChannelOptions(new Retention(100, Duration.ofDays(1), Long.MAX_VALUE), true, null, true);

    /** A member in a room. */
    private record Spot(String room, String member) {}

    private static final class Kept {
        final Set<Integer> slots = new HashSet<>();
        /** On the hub's clock; 0 is not. */
        long until;
    }

    private static final class Guest {
        final Connection connection;

        @Nullable
        String member;

        final Set<String> rooms = new TreeSet<>();

        Guest(Connection connection) {
            this.connection = connection;
        }
    }

    private final TestHub hub = TestHub.with(settings -> settings.options(name -> ROOM));
    private final Guest[] guests = new Guest[SLOTS];
    private final Map<Spot, Kept> oracle = new HashMap<>();
    private final Set<Spot> told = new HashSet<>();
    private final Set<String> occupied = new HashSet<>();
    private final List<PresenceChange> heard = new ArrayList<>();
    private final FakeOutlet observer = hub.reader("**");
    private int published;

    Guests() {
        hub.hub.presence().listen(heard::addAll);
    }

    // ---- steps ----

    void open(int slot, Transport transport, String who, List<String> rooms) {
        end(slot, CloseReason.GONE);
        String user = who.startsWith("user ") ? who.substring(5) : null;
        String name = who.startsWith("name ") ? who.substring(5) : null;
        Client client = new Client(transport, user, "", Credential.NONE, name);
        List<ChannelPattern> channels = new ArrayList<>(List.of(new ChannelPattern("hall")));
        rooms.forEach(room -> channels.add(new ChannelPattern(room)));
        channels.add(new ChannelPattern("*.*")); // is nowhere a member by that
        Opening opening = new Opening(client, channels, null, null);
        Guest guest = new Guest(hub.hub.open(opening, new FakeOutlet(), Opening.Answers.NONE));
        guests[slot] = guest;
        guest.member = user != null
                ? "user:" + user
                : name != null
                        ? "client:" + name
                        : transport == Transport.LONG_POLL ? null : "connection:" + guest.connection.id();
        sit(slot, "hall");
        rooms.forEach(room -> sit(slot, room));
    }

    void subscribe(int slot, String room) {
        if (guests[slot] != null) {
            hub.subscribe(guests[slot].connection, room, room.endsWith("a") ? 0L : null);
            sit(slot, room);
        }
    }

    void unsubscribe(int slot, String room) {
        if (guests[slot] != null) {
            hub.hub.unsubscribe(guests[slot].connection, room);
            rise(slot, room, 0);
        }
    }

    void end(int slot, CloseReason reason) {
        Guest guest = guests[slot];
        if (guest != null) {
            if (reason.equals(CloseReason.GONE)) {
                guest.connection.gone();
            } else {
                guest.connection.close(reason);
            }
            boolean over = reason.equals(CloseReason.KICKED)
                    || String.valueOf(guest.member).startsWith("connection:");
            long until = over ? 0 : now() + TestHub.LEASE.toNanos();
            List.copyOf(guest.rooms).forEach(room -> rise(slot, room, until));
            guests[slot] = null;
        }
    }

    void identify(int slot) {
        Guest guest = guests[slot];
        if (guest != null && guest.connection.client().user() == null) {
            hub.hub.identify(
                    guest.connection, new Client(guest.connection.client().transport(), "ann", ""));
            List<String> rooms = List.copyOf(guest.rooms);
            rooms.forEach(room -> rise(slot, room, 0));
            guest.member = "user:ann";
            rooms.forEach(room -> sit(slot, room));
        }
    }

    void pass(Duration time) {
        hub.clock.advance(time);
        expire();
    }

    void announce() {
        heard.clear();
        hub.hub.presence().announce();
        for (PresenceChange change : heard) {
            hears(change);
        }
        assertThat(told).as("who has joined and not left").isEqualTo(oracle.keySet());
        long members = heard.stream().filter(change -> change.member() != null).count();
        List<Line.Message> messages = observer.messages();
        assertThat(messages.subList(published, messages.size()))
                .as("publications")
                .hasSize((int) members);
        published = messages.size();
    }

    private void hears(PresenceChange change) {
        Member member = change.member();
        if (member == null) {
            boolean inTurn =
                    change.kind() == Kind.OCCUPIED ? occupied.add(change.channel()) : occupied.remove(change.channel());
            assertThat(inTurn).as("%s in turn", change).isTrue();
            return;
        }
        assertThat(occupied).as("before %s", change).contains(change.channel());
        Spot spot = new Spot(change.channel(), member.id());
        boolean inTurn = change.kind() == Kind.JOINED ? told.add(spot) : told.remove(spot);
        assertThat(inTurn).as("%s in turn", change).isTrue();
        assertThat(told.stream().filter(one -> one.room().equals(change.channel())))
                .as("count of %s", change)
                .hasSize(change.count());
    }

    void allLeave() {
        for (int slot = 0; slot < SLOTS; slot++) {
            end(slot, CloseReason.GONE);
        }
        pass(TestHub.LEASE);
        announce();
        check();
        assertThat(occupied).isEmpty();
    }

    Set<?> told() {
        return told;
    }

    // ---- the oracle ----

    private long now() {
        return hub.clock.nanos();
    }

    private void sit(int slot, String room) {
        Guest guest = guests[slot];
        guest.rooms.add(room);
        if (guest.member != null) {
            Kept kept = oracle.computeIfAbsent(new Spot(room, guest.member), spot -> new Kept());
            kept.slots.add(slot);
            kept.until = 0;
        }
    }

    private void rise(int slot, String room, long until) {
        Guest guest = guests[slot];
        guest.rooms.remove(room);
        Kept kept = oracle.get(new Spot(room, String.valueOf(guest.member)));
        if (kept != null && kept.slots.remove(slot) && kept.slots.isEmpty()) {
            kept.until = until;
            if (until == 0) {
                oracle.remove(new Spot(room, String.valueOf(guest.member)));
            }
        }
    }

    private void expire() {
        oracle.values().removeIf(kept -> kept.slots.isEmpty() && now() - kept.until >= 0);
    }

    /** After each step. */
    void check() {
        for (String room : List.of("hall", "room.a", "room.b")) {
            Attendance there = Objects.requireNonNull(hub.hub.presence().of(new ChannelName(room)));
            Set<String> expected = new TreeSet<>();
            oracle.keySet().stream()
                    .filter(spot -> spot.room().equals(room))
                    .forEach(spot -> expected.add(spot.member()));
            assertThat(there.members())
                    .as("members of %s", room)
                    .extracting(present -> present.member().id())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(there.count()).as("count of %s", room).isEqualTo(expected.size());
        }
    }
}
