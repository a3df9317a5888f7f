package io.carillon.faults;

import static org.awaitility.Awaitility.await;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Log;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.core.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A hub in this process that lives several times, each time with a log from the same maker, on a clock of the test's. */
final class Lives implements AutoCloseable {
    static final String CHANNEL = "lives";
    static final Duration RETENTION = Duration.ofHours(6);

    final Ledger ledger = new Ledger();
    private final HubClock clock;
    private final Supplier<Log> logs;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Ear> ears = new ArrayList<>();
    private @Nullable Hub hub;
    private long newest;

    Lives(HubClock clock, Supplier<Log> logs) {
        this.clock = clock;
        this.logs = logs;
    }

    /** Begins the next life, in which everybody goes on with his cursor. */
    Hub begin() {
        Retention retention = new Retention(1_000_000, RETENTION, 64 << 20);
        Duration never = Duration.ofDays(1);
        hub = new Hub(
                new HubSettings(
                        "lives",
                        never,
                        never,
                        never,
                        never,
                        100,
                        10,
                        100,
                        10,
                        64 << 20,
                        channel -> new ChannelOptions(retention),
                        2),
                logs.get(),
                threads::execute,
                clock);
        hub.start();
        ears.forEach(ear -> ear.listenTo(hub));
        return hub;
    }

    void end() {
        hub.shutdown(Duration.ofSeconds(1));
    }

    Ear ear(long since) {
        Ear ear = new Ear("ear " + ears.size(), CHANNEL, since);
        ears.add(ear);
        ear.listenTo(hub);
        return ear;
    }

    /** Publishes some more, one by one, each with a key; returns the ids. */
    List<Long> publish(int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = ledger.send(CHANNEL);
            ids.add(send(number, null).id());
        }
        return ids;
    }

    /** Publishes, perhaps again, what has that number. */
    Appended send(int number, @Nullable Duration ttl) {
        byte[] data = Payload.json(CHANNEL, number, 0, 20).getBytes(StandardCharsets.UTF_8);
        NewPublication publication =
                new NewPublication(new ChannelName(CHANNEL), Publication.DEFAULT_EVENT, data, ttl, "key-" + number);
        Appended answer = hub.publish(List.of(publication)).get(0);
        ledger.stored(CHANNEL, number, answer.id());
        if (!answer.duplicate()) {
            newest = answer.id();
        }
        return answer;
    }

    /** Waits until everybody has the newest, and checks. */
    Verdict settle(boolean gapsAllowed) {
        await().atMost(Duration.ofSeconds(20)).until(() -> ears.stream().allMatch(ear -> ear.cursor == newest));
        return Checker.check(ledger, ears.stream().map(ear -> ear.trail).toList(), gapsAllowed);
    }

    @Override
    public void close() {
        end();
        threads.shutdownNow();
    }
}
