package io.carillon.log.journal;

import com.sun.management.OperatingSystemMXBean;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Log;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.core.Retention;
import io.carillon.log.KeyLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures the journal on this machine's disk: acknowledged publications a second under each policy and with 1, 64 and
 * 800 publishers, each of which waits for its answer, and with 8 that publish 100 at once; and how long a hub takes to start on a journal of 1 GB. First it
 * says what one forced write takes on that disk. {@code bench/journal} runs it.
 */
final class JournalBench {
    private static final int SECONDS = 5;
    private static final int DATA = 200;
    private static final long GIGABYTE = 1L << 30;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments.length == 0 ? "target/journal-bench" : arguments[0]);
        force(directory);
        for (SyncPolicy policy : SyncPolicy.values()) {
            append(directory, policy, 1, 1);
            append(directory, policy, 64, 1);
            append(directory, policy, 800, 1);
            append(directory, policy, 8, 100);
        }
        start(directory);
        delete(directory);
    }

    private static void force(Path directory) throws IOException {
        Files.createDirectories(directory);
        long[] nanos = new long[1000];
        try (DirectoryStore store = DirectoryStore.open(directory);
                Store.StoreFile file = store.open("force")) {
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                file.write(ByteBuffer.wrap(new byte[DATA]), (long) i * DATA);
                file.force();
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT, "one forced write: p50 %.3f ms, p99 %.3f ms%n", nanos[500] / 1e6, nanos[990] / 1e6);
    }

    private static void append(Path directory, SyncPolicy policy, int publishers, int batch) throws Exception {
        delete(directory);
        JournalLog log = journal(directory, policy, GIGABYTE);
        log.start(new Nowhere());
        long cpu = cpu();
        long begin = System.nanoTime();
        long warm = begin + TimeUnit.SECONDS.toNanos(2);
        long end = warm + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Publisher> all = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            Publisher publisher = new Publisher(log, batch, warm, end);
            all.add(publisher);
            publisher.start();
        }
        for (Publisher publisher : all) {
            publisher.join();
        }
        cpu = cpu() - cpu;
        long total = all.stream().mapToLong(publisher -> publisher.total).sum();
        log.close();
        long[] nanos = all.stream()
                .flatMapToLong(publisher -> Arrays.stream(publisher.nanos, 0, publisher.count))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-8s %3d publishers of %3d: %,9d/s, p50 %.3f ms, p99 %.3f ms, cpu %.1f us each, load %.1f%n",
                policy,
                publishers,
                batch,
                (long) nanos.length * batch / SECONDS,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                cpu / 1e3 / (total * batch),
                SYSTEM.getSystemLoadAverage());
    }

    private static void start(Path directory) throws Exception {
        delete(directory);
        JournalLog writing = journal(directory, SyncPolicy.NONE, 2 * GIGABYTE);
        writing.start(new Nowhere());
        long bytes = 0;
        while (bytes < GIGABYTE) {
            List<NewPublication> batch = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                batch.add(publication("channel-" + i));
            }
            writing.append(batch);
            bytes += 1000L * (DATA + 30);
        }
        writing.close();
        long cpu = cpu();
        long begin = System.nanoTime();
        Hub hub =
                new Hub(settings(), journal(directory, SyncPolicy.NONE, 2 * GIGABYTE), Runnable::run, HubClock.SYSTEM);
        hub.start();
        System.out.printf(
                Locale.ROOT,
                "start of a hub with 128 MB on a journal of 1 GB: %d ms, cpu %d ms, load %.1f%n",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                TimeUnit.NANOSECONDS.toMillis(cpu() - cpu),
                SYSTEM.getSystemLoadAverage());
        hub.shutdown(Duration.ZERO);
    }

    private static long cpu() {
        return SYSTEM.getProcessCpuTime();
    }

    private static HubSettings settings() {
        Duration hour = Duration.ofHours(1);
        ChannelOptions options = new ChannelOptions(new Retention(100_000, hour, GIGABYTE));
        return new HubSettings("bench", hour, hour, hour, hour, 1, 1, 100_000, 1, 128 << 20, channel -> options, 1);
    }

    private static JournalLog journal(Path directory, SyncPolicy policy, long size) {
        return new JournalLog(
                new JournalSettings(
                        directory,
                        policy,
                        Duration.ofMillis(100),
                        16 << 20,
                        size,
                        false,
                        new KeyLimits(Duration.ofMinutes(5), 16 << 20),
                        100_000),
                HubClock.SYSTEM);
    }

    private static NewPublication publication(String channel) {
        return new NewPublication(
                new ChannelName(channel), ("\"" + "x".repeat(DATA - 2) + "\"").getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Publishes one after the other. */
    private static final class Publisher extends Thread {
        private final Log log;
        private final int batch;
        private final long warm;
        private final long end;
        private long[] nanos = new long[1 << 12];
        private int count;
        private long total;

        Publisher(Log log, int batch, long warm, long end) {
            this.log = log;
            this.batch = batch;
            this.warm = warm;
            this.end = end;
        }

        @Override
        public void run() {
            List<NewPublication> all = Collections.nCopies(batch, publication("bench"));
            for (long now = System.nanoTime(); now < end; ) {
                log.append(all);
                total++;
                long then = System.nanoTime();
                if (now >= warm) {
                    nanos = count == nanos.length ? Arrays.copyOf(nanos, count * 2) : nanos;
                    nanos[count++] = then - now;
                }
                now = then;
            }
        }
    }

    /** A tail that keeps nothing. */
    private static final class Nowhere implements Log.Tail {

        @Override
        public void begin(long base) {}

        @Override
        public void dropped(String channel, long newest) {}

        @Override
        public void apply(List<Publication> batch) {}

        @Override
        public void lost(long upTo) {}
    }
}
