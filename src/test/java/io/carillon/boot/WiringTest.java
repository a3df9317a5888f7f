package io.carillon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.config.InvalidConfigException;
import io.carillon.core.Hub;
import io.carillon.log.journal.JournalException;
import io.carillon.support.LogRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {

    @Test
    void aBadConfigurationIsLoggedOnceHoweverOftenItIsAskedFor() {
        System.setProperty("carillon.demo", "perhaps");
        try (LogRecords log = new LogRecords(Wiring.class)) {
            Wiring wiring = new Wiring();
            Throwable first = catchThrowable(wiring::hub);
            Throwable second = catchThrowable(wiring::config);

            assertThat(first).isInstanceOf(InvalidConfigException.class).hasMessageContaining("carillon.demo");
            assertThat(second).isSameAs(first);
            assertThat(log.all())
                    .filteredOn(line -> line.getLevel().equals(Level.SEVERE))
                    .hasSize(1);
        } finally {
            System.clearProperty("carillon.demo");
        }
    }

    @Test
    void aHubThatDoesNotStartIsTriedOnce(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        System.setProperty("carillon.journal.dir", file.resolve("journal").toString());
        try {
            Wiring wiring = new Wiring();
            Throwable first = catchThrowable(wiring::hub);

            assertThat(first).isInstanceOf(JournalException.class).hasMessageContaining("cannot be opened");
            assertThat(catchThrowable(wiring::hub)).isSameAs(first);
        } finally {
            System.clearProperty("carillon.journal.dir");
        }
    }

    @Test
    void thereIsOneHubAndItStopsWithTheWiring() {
        System.setProperty("carillon.log", "memory");
        try {
            Wiring wiring = new Wiring();
            Hub hub = wiring.hub();
            assertThat(wiring.hub()).isSameAs(hub);
            assertThat(wiring.connections(hub)).isSameAs(hub.connections());

            wiring.stop();
            wiring.stop();

            assertThat(hub.accepting()).isFalse();
        } finally {
            System.clearProperty("carillon.log");
        }
    }
}
