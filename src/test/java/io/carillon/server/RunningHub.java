package io.carillon.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The hub as a user has it: WildFly, started by {@code bin/run} on a free loopback port.
 *
 * <p>Its data stays when it is stopped, killed and started again: what a restart must not lose can be tested.
 */
public final class RunningHub implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "run");

    private final int port = Ports.free();
    /** Of its own, wherever the build is: by default it might be in the user's home, and another hub's. */
    private final Path journal =
            LOGS.resolve(port + "-journal-" + System.nanoTime()).toAbsolutePath();

    private final List<String> properties;
    private ChildProcess process;

    private RunningHub(List<String> properties) {
        this.properties = List.copyOf(properties);
        this.process = launch();
    }

    /**
     * Starts a hub and waits until it answers.
     *
     * @param properties system properties for the server, each as {@code -Dname=value}
     */
    public static RunningHub start(String... properties) {
        return new RunningHub(List.of(properties));
    }

    /** Resolves a path without a leading slash, such as {@code v1/publish}. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/").resolve(path);
    }

    /** What bin/run has printed. */
    public String output() {
        return process.output();
    }

    /** Stops the server as an operator would. */
    public void stop() {
        process.close();
    }

    /** Ends the server without a chance to save anything. */
    public void kill() {
        process.kill();
    }

    /** Starts it again at the same address with the same data, after stopping it where it still runs. */
    public void restart() {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess launch() {
        var command = new ArrayList<>(List.of("bin/run", "--no-build", "--port", Integer.toString(port)));
        command.add("-Dcarillon.journal.dir=" + journal);
        command.addAll(properties);
        var log = LOGS.resolve(port + ".log");
        var started = ChildProcess.start(log, Map.of("SERVER_JVM", System.getProperty("server.jvm")), command);
        Http.awaitOk(uri(""), started);
        return started;
    }
}
