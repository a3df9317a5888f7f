package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private final Logger logger = Logger.getLogger(SlowClients.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private final HubStats stats = new HubStats();
    private final SlowClients slowClients = new SlowClients(stats);

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
    }

    @Test
    void aCrowdThatIsCutIsOneLineAMinute() {
        slowClients.tell(at(0));
        assertThat(lines).as("nobody was cut").isEmpty();
        for (int i = 0; i < 1_000; i++) {
            stats.closed(CloseReason.Kind.SLOW);
        }
        stats.closed(CloseReason.Kind.SILENT);
        stats.closed(CloseReason.Kind.GONE);
        slowClients.tell(at(5));
        assertThat(lines).singleElement().asString().startsWith("event=clients.cut slow=1000 silent=1:");

        stats.closed(CloseReason.Kind.SLOW);
        slowClients.tell(at(10));
        assertThat(lines).as("within the minute").hasSize(1);
        slowClients.tell(at(65));
        slowClients.tell(at(130));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).startsWith("event=clients.cut slow=1 silent=0:");
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
