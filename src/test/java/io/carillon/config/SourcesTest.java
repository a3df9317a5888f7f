package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path dir;

    private final Properties system = new Properties();
    private Path classPath;

    @BeforeEach
    void makeClassPath() throws IOException {
        classPath = Files.createDirectory(dir.resolve("classes"));
    }

    @Test
    void theOrderIsPropertyEnvironmentFileClassPath() throws IOException {
        system.setProperty("carillon.config", write(dir, "hub.properties", "channels=3", "patterns=3", "progress=3s"));
        write(classPath, "carillon.properties", "channels=4", "patterns=4", "progress=4s", "silence=40s");
        system.setProperty("carillon.channels", "1");
        Map<String, String> environment = Map.of("CARILLON_CHANNELS", "2", "CARILLON_PATTERNS", "2");

        Config config = Config.load(read(environment));

        assertThat(config.text(Key.CHANNELS)).isEqualTo("1");
        assertThat(config.text(Key.PATTERNS)).isEqualTo("2");
        assertThat(config.text(Key.PROGRESS)).isEqualTo("3s");
        assertThat(config.text(Key.SILENCE)).isEqualTo("40s");
    }

    @Test
    void theFileMayBeNamedInTheEnvironment() throws IOException {
        String file = write(dir, "hub.properties", "node=tower");

        assertThat(Config.load(read(Map.of("CARILLON_CONFIG", file))).name(Key.NODE))
                .isEqualTo("tower");
    }

    @Test
    void aDottedKeyHasAVariableWithUnderscores() {
        Config config = Config.load(read(Map.of("CARILLON_HISTORY_COUNT", "7")));

        assertThat(config.integer(Key.HISTORY_COUNT)).isEqualTo(7);
    }

    @Test
    void aFileThatIsNotThereIsReportedTogetherWithTheRest() {
        system.setProperty("carillon.config", dir.resolve("nowhere").toString());
        system.setProperty("carillon.node", "two words");

        assertThatThrownBy(() -> Config.load(read(Map.of())))
                .hasMessageContaining("2 problems")
                .hasMessageContaining("carillon.config names a file that cannot be read")
                .hasMessageContaining("carillon.node");
    }

    @Test
    void anUnknownNameIsAnErrorInAFileAndAmongProperties() throws IOException {
        system.setProperty("carillon.config", write(dir, "hub.properties", "nod=tower"));
        system.setProperty("carillon.hartbeat", "20s");

        assertThatThrownBy(() -> Config.load(read(Map.of())))
                .hasMessageContaining("\"carillon.nod\" (file ")
                .hasMessageContaining("\"carillon.hartbeat\" (system property)");
    }

    @Test
    void anUnknownVariableIsOnlyMentioned() {
        Sources sources = read(Map.of("CARILLON_SERVICE_HOST", "10.0.0.1", "CARILLON_DEMO", "true"));

        assertThat(sources.ignored()).containsExactly("CARILLON_SERVICE_HOST");
        assertThat(Config.load(sources).flag(Key.DEMO)).isTrue();
    }

    private Sources read(Map<String, String> environment) {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
            return Sources.read(system, environment, loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Path dir, String name, String... values) throws IOException {
        Path file = dir.resolve(name);
        Files.writeString(file, "carillon." + String.join("\ncarillon.", values) + "\n");
        return file.toString();
    }
}
