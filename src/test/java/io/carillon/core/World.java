package io.carillon.core;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small hub, a few clients and everything that happens to them one step after another, each step checked against the
 * promise. The fan-out and the writes of slow clients go on when a step says so.
 */
final class World {
    static final List<String> CHANNELS = List.of("a.x", "a.y", "a.z", "b.x", "b", "c");
    static final List<String> TARGETS = List.of("a.x", "a.y", "b.x", "b", "a.*", "*.x", "**");
    static final int CLIENTS = 3;

    /** @param channels how many the hub knows at most, of six that are published to */
    record Size(int retained, int channels, int memoryInEntries, int frame) {}

    enum Since {
        NOW,
        ALL,
        OLD,
        FUTURE,
        OWN
    }

    private static final int ENTRY = new Publication(1, "a.x", "message", new byte[1], 0, 0).bytes();

    private final HandDrivenExecutor lanes = new HandDrivenExecutor();
    private final TestHub hub;
    private final Ledger ledger = new Ledger();
    private final LineEncoder[] encoders;
    private final Seat[] seats = new Seat[CLIENTS];
    private long latest;

    /** One client's connection and what it has been promised. */
    private final class Seat {
        final FakeOutlet outlet;
        final PromiseChecker checker;
        final List<String> targets;
        final Encoder encoder;
        private @Nullable Connection connection;

        Seat(List<String> targets, Encoder encoder, Mode mode) {
            this.targets = targets;
            this.encoder = encoder;
            this.checker = new PromiseChecker(ledger, World.this::isOver, World.this::isRetained);
            this.outlet = new FakeOutlet(encoder, mode).observedBy(this::observe);
        }

        private void observe(Line line) {
            checker.read(line);
            if (line instanceof Line.Message message && isOverNow(message.id())) {
                checker.violations().add("delivered after its end: " + message);
            }
        }

        Connection connection() {
            if (connection == null) {
                throw new IllegalStateException("not open");
            }
            return connection;
        }
    }

    World(Size size) {
        hub = TestHub.with(
                settings -> settings.retention(size.retained(), Duration.ofSeconds(20), 6L * ENTRY)
                        .maxChannels(size.channels())
                        .maxPatterns(3)
                        .maxSubscriptions(4)
                        .memory(size.memoryInEntries() * (long) ENTRY * 8 / 5)
                        .lanes(2),
                lanes);
        encoders = new LineEncoder[] {
            new LineEncoder(size.frame(), 1 << 16), new LineEncoder(64, 3 * ENTRY), LineEncoder.single()
        };
    }

    // ---- steps ----

    void publish(List<Integer> channels, int ttlSeconds) {
        Duration ttl = ttlSeconds == 0 ? null : Duration.ofSeconds(ttlSeconds);
        List<NewPublication> batch = new ArrayList<>();
        for (int channel : channels) {
            batch.add(
                    new NewPublication(new ChannelName(CHANNELS.get(channel)), "message", new byte[] {'1'}, ttl, null));
        }
        try {
            for (Appended appended : hub.hub.publish(batch)) {
                long expires = ttl == null ? 0 : hub.clock.millis() + ttl.toMillis();
                ledger.acknowledged(appended.id(), appended.channel(), expires);
            }
        } catch (RefusedException e) {
            // full: nothing was acknowledged
        }
    }

    void open(int slot, List<String> targets, Since since, int place, int encoder, Mode mode) {
        leave(slot);
        open(slot, targets, cursor(slot, since, place), encoders[encoder], mode);
    }

    private void open(int slot, List<String> targets, @Nullable Long since, Encoder encoder, Mode mode) {
        Seat seat = new Seat(targets, encoder, mode);
        seat.checker.opening(targets);
        Opening opening = new Opening(
                new Client(Transport.WEBSOCKET, null, ""),
                TestHub.patterns(targets.toArray(new String[0])),
                since,
                null);
        try {
            seat.connection = hub.hub.open(opening, seat.outlet, TestHub.ANSWERS);
            seats[slot] = seat;
        } catch (RefusedException e) {
            if (!seat.outlet.lines().isEmpty()) {
                throw new AssertionError("refused, but written to: " + seat.outlet.lines());
            }
        }
    }

    void subscribe(int slot, String target, Since since, int place) {
        Seat seat = seats[slot];
        if (seat == null || !seat.connection().open()) {
            return;
        }
        Long cursor = cursor(slot, since, place);
        seat.checker.subscribing(target, cursor != null || !seat.checker.subscribed(target));
        try {
            hub.subscribe(seat.connection(), target, cursor);
        } catch (RefusedException e) {
            seat.checker.refused(target);
            if (seat.connection().feed().find(target) == null) {
                seat.checker.unsubscribed(target);
            }
        }
    }

    void unsubscribe(int slot, String target) {
        Seat seat = seats[slot];
        if (seat != null) {
            hub.hub.unsubscribe(seat.connection(), target);
            seat.checker.unsubscribed(target);
        }
    }

    /** As a client does that has lost its connection: it comes back to the same channels with the cursor that it has. */
    void reconnect(int slot, Mode mode) {
        Seat seat = seats[slot];
        if (seat != null) {
            long cursor = seat.connection().cursor();
            leave(slot);
            open(slot, seat.targets, cursor, seat.encoder, mode);
        }
    }

    void leave(int slot) {
        Seat seat = seats[slot];
        if (seat != null) {
            seat.connection().gone();
            check(seat);
            seats[slot] = null;
        }
    }

    void close(int slot) {
        Seat seat = seats[slot];
        if (seat != null) {
            seat.connection().close(CloseReason.KICKED);
        }
    }

    void become(int slot, Mode mode) {
        Seat seat = seats[slot];
        if (seat != null) {
            seat.outlet.become(mode);
        }
    }

    void complete(int slot) {
        Seat seat = seats[slot];
        if (seat != null) {
            seat.outlet.complete();
        }
    }

    void fanOut(int tasks) {
        for (int i = 0; i < tasks && lanes.runOne(); i++) {
            // one after another
        }
    }

    void pass(Duration time) {
        hub.clock.advance(time);
        latest = Math.max(latest, hub.clock.millis());
    }

    void sweep() {
        hub.hub.sweep();
    }

    // ---- the promise ----

    /** After each step. */
    void check() {
        for (Seat seat : seats) {
            if (seat != null) {
                check(seat);
            }
        }
        long bound = hub.hub.settings().memory();
        if (hub.hub.index().bytes() > bound) {
            throw new AssertionError(hub.hub.index().bytes() + " bytes are held, the bound is " + bound);
        }
    }

    private static void check(Seat seat) {
        seat.outlet.assertRespected();
        if (!seat.checker.violations().isEmpty()) {
            throw new AssertionError(String.join("\n", seat.checker.violations()) + "\nlines: " + seat.outlet.lines());
        }
    }

    /** Lets everything that is under way come to its end. */
    void settle() {
        for (int slot = 0; slot < CLIENTS; slot++) {
            become(slot, Mode.INLINE);
        }
        boolean moved = true;
        while (moved) {
            moved = lanes.runOne();
            for (Seat seat : seats) {
                moved |= seat != null && seat.outlet.complete();
            }
        }
        for (Seat seat : seats) {
            if (seat != null && seat.connection().open()) {
                seat.checker.settled();
            }
        }
        check();
    }

    private @Nullable Long cursor(int slot, Since since, int place) {
        Seat seat = seats[slot];
        return switch (since) {
            case NOW -> null;
            case ALL -> 0L;
            case OLD -> ledger.idOf(place, 999_999) - place % 2;
            case FUTURE -> hub.hub.head() + 1 + place;
            case OWN -> seat == null ? null : (Long) seat.connection().cursor();
        };
    }

    private boolean isRetained(Ledger.Entry entry) {
        Channel channel = hub.hub.index().find(entry.channel());
        return channel != null && entry.id() > channel.floor();
    }

    private boolean isOver(Ledger.Entry entry) {
        return entry.expires() != 0 && entry.expires() <= Math.max(latest, hub.clock.millis());
    }

    private boolean isOverNow(long id) {
        return ledger.between(new ChannelPattern("**"), id - 1, id + 1).stream()
                .anyMatch(entry -> entry.expires() != 0 && entry.expires() <= hub.clock.millis());
    }
}
