package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.support.LogRecords;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private final LogRecords log = new LogRecords(SlowClients.class);
    private final HubStats stats = new HubStats();
    private final SlowClients slowClients = new SlowClients(stats);

    @AfterEach
    void leave() {
        log.close();
    }

    @Test
    void aCrowdThatIsCutIsOneLineAMinute() {
        slowClients.tell(at(0));
        assertThat(lines()).as("nobody was cut").isEmpty();
        for (int i = 0; i < 1_000; i++) {
            stats.closed(CloseReason.Kind.SLOW);
        }
        stats.closed(CloseReason.Kind.SILENT);
        stats.closed(CloseReason.Kind.GONE);
        slowClients.tell(at(5));
        assertThat(lines()).singleElement().asString().startsWith("event=clients.cut slow=1000 silent=1:");

        stats.closed(CloseReason.Kind.SLOW);
        slowClients.tell(at(10));
        assertThat(lines()).as("within the minute").hasSize(1);
        slowClients.tell(at(65));
        slowClients.tell(at(130));
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).startsWith("event=clients.cut slow=1 silent=0:");
    }

    private List<String> lines() {
        return log.all().stream().map(LogRecord::getMessage).toList();
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
