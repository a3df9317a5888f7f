package io.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code bin/carillon} as a user would, in bash. */
final class CommandLine {
    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, String> environment;

    /** @param token empty for a stranger */
    CommandLine(URI hub, String token) {
        environment = Map.of("CARILLON_URL", hub.toString(), "CARILLON_TOKEN", token);
    }

    /** How it ended, and what it has said on its standard output and error. */
    record Ended(int code, String out, String err) {}

    Ended run(String... arguments) throws Exception {
        return end(start(arguments));
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bin/carillon"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Waits for it, with what it says in pipes, which must be little; it ends by itself, or the test fails. */
    static Ended end(Process process) throws Exception {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.exitValue(), out, err);
        } finally {
            process.destroy();
        }
    }
}
