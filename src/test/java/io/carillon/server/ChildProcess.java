package io.carillon.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that a test starts, with its output in a file.
 *
 * <p>It and all that it started end with {@link #close()}, and with the test's JVM at the latest.
 */
public final class ChildProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final Thread hook = new Thread(this::end);

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts {@code command} with {@code environment} added to this JVM's; what {@code log} held is lost. */
    public static ChildProcess start(Path log, Map<String, String> environment, List<String> command) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end; what has not ended after {@value #GRACE_SECONDS} seconds is killed. */
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** Ends all of it at once, as a power cut would. */
    public void kill() {
        kill(tree());
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void end() {
        var tree = tree();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, GRACE_SECONDS, TimeUnit.SECONDS)
                .join();
        kill(tree);
    }

    private List<ProcessHandle> tree() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    private static void kill(List<ProcessHandle> tree) {
        tree.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .orTimeout(GRACE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
