package io.carillon.core;

import io.carillon.core.FakeOutlet.Mode;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A small hub and three clients, for two threads at a time. As with real transports, what a client asks for comes from one
 * thread, its own (the third one's is the first one's); all else may come from anywhere.
 *
 * <p>Wherever the hub calls one of its ports (clock, encoder, answers, executor, listener), a thread may hesitate for
 * longer than the other needs for its whole story. So the two meet in the middle of what they do also on a machine that
 * seldom runs both at once.
 */
final class Race {
    static final List<String> CHANNELS = List.of("a.x", "a.y", "b");
    static final List<String> TARGETS = List.of("a.x", "a.y", "b", "a.*", "**");
    static final int CLIENTS = 3;

    /** @param channels how many the hub knows at most, of three that are published to */
    record Size(int retained, int channels, int patterns, int frame, List<Mode> modes) {}

    enum Since {
        NOW,
        ALL,
        OWN
    }

    private static final int SELDOM = 12;

    private final Hub hub;
    private final Ledger ledger = new Ledger();
    private final Seat[] seats = new Seat[CLIENTS];
    private final Queue<Runnable> lanes = new ConcurrentLinkedQueue<>();
    private volatile boolean racing;

    private static final class Seat {
        final FakeOutlet outlet;
        volatile @Nullable Connection connection;

        Seat(FakeOutlet outlet) {
            this.outlet = outlet;
        }
    }

    Race(Size size) {
        HubSettings settings = new TestHub.Settings()
                .retention(size.retained(), Duration.ofDays(1), Long.MAX_VALUE)
                .maxChannels(size.channels())
                .maxPatterns(size.patterns())
                .lanes(1)
                .build();
        HubClock clock = new HesitantClock();
        hub = new Hub(
                settings, new MemoryLog(clock, new KeyLimits(Duration.ofMinutes(5), 1 << 20)), this::runLater, clock);
        hub.listen(new HesitantListener());
        hub.start();
        for (int i = 0; i < CLIENTS; i++) {
            LineEncoder encoder = size.frame() == 1 ? LineEncoder.single() : new LineEncoder(size.frame(), 1 << 16);
            seats[i] = new Seat(
                    new FakeOutlet(new HesitantEncoder(encoder), size.modes().get(i)));
        }
    }

    // ---- the ports, at which a thread may hesitate ----

    private void hesitate() {
        if (racing && ThreadLocalRandom.current().nextInt(SELDOM) == 0) {
            LockSupport.parkNanos(1); // some 50 microseconds, as it is
        }
    }

    private void runLater(Runnable lane) {
        hesitate();
        lanes.add(lane);
    }

    private final class HesitantClock implements HubClock {
        @Override
        public long millis() {
            hesitate();
            return 1_000_000_000_000L;
        }

        @Override
        public long nanos() {
            hesitate();
            return 0;
        }
    }

    private final class HesitantEncoder implements Encoder {
        private final LineEncoder encoder;

        HesitantEncoder(LineEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public Frame encode(Delivery delivery) {
            hesitate();
            return encoder.encode(delivery);
        }

        @Override
        public Frame encodeGap(Gap gap) {
            hesitate();
            return encoder.encodeGap(gap);
        }

        @Override
        public int maxPublications() {
            hesitate();
            return encoder.maxPublications();
        }

        @Override
        public int maxBytes() {
            return encoder.maxBytes();
        }

        @Override
        public @Nullable Frame heartbeat() {
            return encoder.heartbeat();
        }
    }

    private final class HesitantListener implements ConnectionListener {
        @Override
        public void joined(Connection connection) {
            seats[Integer.parseInt(connection.client().address())].connection = connection; // it may be closed now
            hesitate();
        }

        @Override
        public void left(Connection connection) {
            hesitate();
        }
    }

    private final class HesitantAnswers implements Opening.Answers {
        @Override
        public @Nullable Frame welcome(Connection connection) {
            hesitate();
            return TestHub.ANSWERS.welcome(connection);
        }

        @Override
        public @Nullable Frame subscribed(Subscribed subscribed) {
            hesitate();
            return TestHub.ANSWERS.subscribed(subscribed);
        }
    }

    /** Between the two, threads may hesitate. */
    void begin() {
        racing = true;
    }

    void end() {
        racing = false;
    }

    // ---- what may come from any thread ----

    void publish(List<Integer> where) {
        List<NewPublication> publications = where.stream()
                .map(i -> TestHub.publication(CHANNELS.get(i), "1"))
                .toList();
        try {
            for (Appended appended : hub.publish(publications)) {
                ledger.acknowledged(appended.id(), appended.channel(), 0);
            }
        } catch (RefusedException e) {
            // full: not acknowledged
        }
    }

    void complete(int client) {
        seats[client].outlet.complete();
    }

    void close(int client) {
        Connection connection = seats[client].connection;
        if (connection != null) {
            connection.close(CloseReason.KICKED);
        }
    }

    void leave(int client) {
        Connection connection = seats[client].connection;
        if (connection != null) {
            connection.gone();
        }
    }

    /** Runs the fan-out as far as there is work. */
    boolean fanOut() {
        boolean any = false;
        for (Runnable lane; (lane = lanes.poll()) != null; any = true) {
            lane.run();
        }
        return any;
    }

    void sweep() {
        hub.sweep();
    }

    // ---- what comes from the client's own thread ----

    /** Opens the connection, if it is the first. */
    void subscribe(int client, String target, Since since) {
        Seat seat = seats[client];
        Connection connection = seat.connection;
        long own = seat.outlet.cursor();
        Long cursor = since == Since.ALL ? Long.valueOf(0) : since == Since.OWN && own != 0 ? own : null;
        try {
            if (connection == null) {
                seat.outlet.note("subscribing " + target + " true");
                Client who = new Client(Transport.WEBSOCKET, null, Integer.toString(client));
                Opening opening = new Opening(who, TestHub.patterns(target), cursor, null);
                seat.connection = hub.open(opening, seat.outlet, new HesitantAnswers());
            } else {
                seat.outlet.note("subscribing " + target + ' '
                        + (cursor != null || connection.feed().find(target) == null));
                hub.subscribe(connection, new ChannelPattern(target), cursor, new HesitantAnswers());
            }
        } catch (RefusedException e) {
            seat.outlet.note("refused " + target);
            seat.connection = connection; // nothing has been opened
        }
    }

    void unsubscribe(int client, String target) {
        Seat seat = seats[client];
        Connection connection = seat.connection;
        if (connection != null) {
            seat.outlet.note("unsubscribing " + target);
            hub.unsubscribe(connection, target);
        }
    }

    // ---- afterwards, on one thread ----

    /** What is wrong once all writes are through; empty is good. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        Set<Connection> open = new HashSet<>();
        do {
            for (Seat seat : seats) {
                seat.outlet.completeAll();
            }
        } while (fanOut());
        for (Seat seat : seats) {
            Connection connection = seat.connection;
            PromiseChecker checker = new PromiseChecker(ledger, entry -> false, entry -> false);
            seat.outlet.lines().forEach(checker::read);
            if (connection != null && connection.open()) {
                open.add(connection);
                checker.settled();
            } else if (connection != null && seat.outlet.goodbyes().isEmpty() && seat.outlet.aborts() == 0) {
                violations.add("closed, but neither with a goodbye nor cut");
            }
            for (String violation : checker.violations()) {
                violations.add(violation + " in " + seat.outlet.lines());
            }
            seat.outlet.assertRespected();
        }
        if (!Set.copyOf(hub.connections().all()).equals(open)
                || hub.connections().count() != open.size()) {
            violations.add(
                    "open are " + open + ", registered " + hub.connections().all());
        }
        if (!hub.registry().closing().isEmpty()) {
            violations.add("their goodbye is not over: " + hub.registry().closing());
        }
        for (String channel : CHANNELS) {
            checkPresence(channel, open, violations);
        }
        return violations;
    }

    private void checkPresence(String channel, Set<Connection> open, List<String> violations) {
        Set<Connection> subscribed = new HashSet<>();
        for (Connection connection : open) {
            if (connection.channels().stream().anyMatch(target -> new ChannelPattern(target).matches(channel))) {
                subscribed.add(connection);
            }
        }
        List<Connection> present = hub.present(new ChannelName(channel));
        if (!subscribed.equals(new HashSet<>(present))) {
            violations.add("subscribed to " + channel + " are " + subscribed + ", present " + present);
        }
    }
}
