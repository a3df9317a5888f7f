package io.carillon.faults;

import static org.awaitility.Awaitility.await;

import io.carillon.client.Target;
import io.carillon.server.ChildProcess;
import io.carillon.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hub in a process of its own, which can be killed and started again at the same port with the same data. Everything of
 * it lies under target/faults/.
 */
final class HubProcess implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Path ROOT = Path.of("target", "faults").toAbsolutePath();

    private final Launch launch;
    private final Path home;
    private final Path journal;
    private final int port = Ports.free();
    private final int tlsPort;
    private final List<String> properties = new ArrayList<>();
    private final List<Duration> starts = new ArrayList<>();
    private @Nullable ChildProcess process;
    private int started;

    /** @param name of its folder; what was there is deleted */
    private HubProcess(Launch launch, String name, Path journal, int tlsPort, Map<String, String> config) {
        this.launch = launch;
        this.tlsPort = tlsPort;
        this.journal = journal;
        this.home = ROOT.resolve(name + "-" + launch.label());
        config.forEach((key, value) -> properties.add("-D" + key + "=" + value));
        delete(home);
    }

    /** One that forgets everything with its process. */
    static HubProcess inMemory(Launch launch, String name) {
        return new HubProcess(launch, name, Path.of(""), 0, Settings.memory());
    }

    /** One that listens for TLS as well, and forgets everything with its process. */
    static HubProcess withTls(Launch launch, String name) {
        return new HubProcess(launch, name, Path.of(""), Ports.free(), Settings.memory());
    }

    /** One that keeps its log in its own folder. */
    static HubProcess withJournal(Launch launch, String name) {
        return withJournal(launch, name, Map.of());
    }

    /** @param more keys and values */
    static HubProcess withJournal(Launch launch, String name, Map<String, String> more) {
        Path journal = ROOT.resolve(name + "-" + launch.label() + "-journal");
        return withJournal(launch, name, journal, more);
    }

    /** @param journal a directory; what was there is deleted */
    static HubProcess withJournal(Launch launch, String name, Path journal, Map<String, String> more) {
        delete(journal);
        Map<String, String> config = Settings.journal(journal);
        config.putAll(more);
        return new HubProcess(launch, name, journal, 0, config);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Target target() {
        return new Target(launch.label(), URI.create("http://127.0.0.1:" + port + "/"), Map.of());
    }

    /** The same over TLS. */
    Target encrypted() {
        return new Target(launch.label() + " over TLS", URI.create("https://127.0.0.1:" + tlsPort + "/"), Map.of());
    }

    /** The server, for people. */
    String kind() {
        return launch.label();
    }

    /** Where its log is. */
    Path journal() {
        return journal;
    }

    /** Starts it and waits until it answers; returns how long that took. */
    Duration start() {
        long began = System.nanoTime();
        begin();
        awaitUp();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        starts.add(took);
        return took;
    }

    /**
     * Starts it and does not wait.
     *
     * @param more system properties for this time, each as {@code -Dname=value}
     */
    void begin(String... more) {
        try {
            Files.createDirectories(home);
            List<String> all = new ArrayList<>(properties);
            all.addAll(List.of(more));
            Launch.Command command = launch.command(home, port, tlsPort, all);
            process = ChildProcess.start(
                    home.resolve("out-" + started++ + ".log"), command.environment(), command.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; false when it has ended by itself before it answered, with what it has to say in its output. */
    boolean tryStart(String... more) {
        begin(more);
        await().pollInterval(Duration.ofMillis(20)).atMost(STARTS_WITHIN).until(() -> !isAlive() || answers());
        return isAlive();
    }

    /** Fails as soon as the process has ended, with what it printed. */
    void awaitUp() {
        await().pollInterval(Duration.ofMillis(20)).atMost(STARTS_WITHIN).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(this + " ended before it answered:\n" + process.output());
            }
            return answers();
        });
    }

    /** Asks for what was before any log: answered at once by a gap. */
    private boolean answers() {
        try {
            URI probe = target().http("v1/poll?channel=probe&last_id=1&timeout=1");
            HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** What it has printed since it was started last. */
    String output() {
        return process.output();
    }

    /** SIGKILL: nothing is saved, nobody is told. */
    void kill() {
        process.kill();
    }

    /** SIGTERM, as an operator stops it; waits for its end. */
    void stop() {
        process.close();
    }

    /** How long each start took, the first included. */
    List<Duration> starts() {
        return List.copyOf(starts);
    }

    @Override
    public void close() {
        if (isAlive()) {
            process.kill();
        }
    }

    @Override
    public String toString() {
        return launch.label() + " on port " + port;
    }
}
