package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    @Test
    void thePageSaysWhatTheKeysSay() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "%s is made from io.carillon.config.Key. Make it anew:%n"
                                + "  mvn test -Dtest=ConfigurationPageTest -Dupdate=true",
                        PAGE)
                .isEqualTo(expected);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every key has a default; a hub without any configuration runs. A value comes from the first of these that has it:

                1. a system property: `-Dcarillon.heartbeat=20s`
                2. the environment: `CARILLON_HEARTBEAT=20s`
                3. the file that `carillon.config` (or `CARILLON_CONFIG`) names, in Java's properties format
                4. `carillon.properties` on the class path
                5. the default

                A value that is not allowed, or a name that is no key, stops the start; the log lists all of them at once. An
                environment variable that is no key is only mentioned: orchestrators make such variables out of a service's name.

                Times have a unit: `100ms`, `25s`, `5m`, `1h`, `7d`. So have sizes: `512B`, `16KB`, `4MB`, `1GB`; a KB has 1024 bytes.

                | key | default | allowed | what it does |
                |---|---|---|---|
                """);
        for (Key key : Key.values()) {
            String standard = key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`";
            page.append("| `" + key + "` | " + standard + " | " + key.allowed() + " | " + key.doc() + " |\n");
        }
        return page.toString();
    }
}
