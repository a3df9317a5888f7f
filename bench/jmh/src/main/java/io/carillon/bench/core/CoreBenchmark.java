package io.carillon.bench.core;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.NewPublication;
import io.carillon.core.Opening;
import io.carillon.core.Retention;
import io.carillon.core.Transport;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one publication of 128 bytes costs the core, without any container: each step with all steps before it. The fan-out runs on the
 * thread that publishes, so that the sum is the processor time of all threads.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmark {
    private static final String CHANNEL = "bench";
    private static final List<NewPublication> ONE = List.of(new NewPublication(
            new ChannelName(CHANNEL), ("\"" + "x".repeat(126) + "\"").getBytes(StandardCharsets.UTF_8)));

    /** A log whose tail keeps nothing. */
    @State(Scope.Benchmark)
    public static class BareLog {
        private final MemoryLog log = log();

        @Setup
        public void start() {
            log.start(new Nowhere());
        }
    }

    /** A hub without subscribers. */
    @State(Scope.Benchmark)
    public static class Alone {
        private final Hub hub = hub();
    }

    /** A hub with subscribers who are all being written to. */
    @State(Scope.Benchmark)
    public static class Busy {
        @Param({"1", "1000", "10000"})
        private int subscribers;

        private final Hub hub = hub();

        @Setup
        public void connect() {
            join(hub, subscribers, false);
            hub.publish(ONE);
        }
    }

    /** A hub with subscribers whose writes are through at once. */
    @State(Scope.Benchmark)
    public static class Ready {
        @Param({"1", "1000", "10000"})
        private int subscribers;

        private final Hub hub = hub();

        @Setup
        public void connect() {
            join(hub, subscribers, true);
        }
    }

    /** The log gives it an id. */
    @Benchmark
    public List<Appended> append(BareLog with) {
        return with.log.append(ONE);
    }

    /** Its channel retains it, and lets go of the oldest. */
    @Benchmark
    public Object index(Alone with) {
        return with.hub.publish(ONE);
    }

    /** All subscribers are told, and each is busy. */
    @Benchmark
    public Object wake(Busy with) {
        return with.hub.publish(ONE);
    }

    /** All subscribers take it: read, encoded once, handed to each one's outlet. */
    @Benchmark
    public Object drain(Ready with) {
        return with.hub.publish(ONE);
    }

    private static MemoryLog log() {
        return new MemoryLog(HubClock.SYSTEM, new KeyLimits(Duration.ofMinutes(5), 1 << 20));
    }

    private static Hub hub() {
        Duration hour = Duration.ofHours(1);
        ChannelOptions options = new ChannelOptions(new Retention(1_000, hour, 4 << 20));
        HubSettings settings = new HubSettings(
                "bench", hour, hour, hour, hour, 20_000, 10, 100, 100, 64 << 20, name -> options, 1);
        Hub hub = new Hub(settings, log(), Runnable::run, HubClock.SYSTEM);
        hub.start();
        return hub;
    }

    private static void join(Hub hub, int subscribers, boolean written) {
        for (int i = 0; i < subscribers; i++) {
            Client client = new Client(Transport.SSE, null, "127.0.0.1");
            Opening opening = new Opening(client, List.of(new ChannelPattern(CHANNEL)), null, null);
            hub.open(opening, new NoOutlet(written), Opening.Answers.NONE);
        }
    }
}
