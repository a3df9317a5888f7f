package io.carillon.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Runs the client's own tests with Node, on its sources and on what is served, which the build makes of them. */
class JavaScriptClientTest {
    private static final Path SOURCES = Path.of("client");
    private static final Path SERVED = Path.of("target", "client");
    private static final List<String> FILES = List.of("carillon.js", "carillon-tabs.js");
    private static final int LIMIT = 6 * 1024;
    private static final int PATIENCE_SECONDS = 120;

    @Test
    void sourcesPassTheirTests() throws Exception {
        assertPasses(SOURCES);
    }

    @Test
    void whatIsServedPassesTheSameTests() throws Exception {
        Path copy = Path.of("target", "client-test");
        try (var tests = Files.walk(SOURCES.resolve("test"))) {
            for (Path test : tests.filter(Files::isRegularFile).toList()) {
                copy(test, copy.resolve(SOURCES.relativize(test)));
            }
        }
        copy(SOURCES.resolve("package.json"), copy.resolve("package.json"));
        for (String file : FILES) {
            copy(SERVED.resolve(file), copy.resolve(file));
        }
        assertPasses(copy);
    }

    @Test
    void whatIsServedIsSmallerThanSixKilobytes() throws IOException {
        assertThat(zipped(SERVED.resolve("carillon.js"))).as("bytes, zipped").isLessThan(LIMIT);
    }

    private static void assertPasses(Path client) throws Exception {
        var command = new ArrayList<>(List.of("node", "--test"));
        try (var tests = Files.list(client.resolve("test"))) {
            tests.filter(Files::isRegularFile)
                    .map(test -> "test/" + test.getFileName())
                    .sorted()
                    .forEach(command::add);
        }
        Path log = Path.of("target", client.getFileName() + "-node.log");
        Process node = start(new ProcessBuilder(command)
                .directory(client.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        try {
            assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("node has ended")
                    .isTrue();
            assertThat(node.exitValue()).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log)).contains("# fail 0").doesNotContain("# pass 0");
        } finally {
            node.destroyForcibly();
        }
    }

    private static Process start(ProcessBuilder node) {
        try {
            return node.start();
        } catch (IOException e) {
            throw new IllegalStateException("Node is missing, 20 or later; on Debian: apt-get install nodejs", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int zipped(Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(Files.readAllBytes(file));
        }
        return bytes.size();
    }
}
