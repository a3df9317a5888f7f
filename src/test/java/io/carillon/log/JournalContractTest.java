package io.carillon.log;

import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.log.journal.JournalLog;
import io.carillon.log.journal.JournalSettings;
import io.carillon.log.journal.SyncPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every log promises, on real files and under each policy. */
class JournalContractTest {
    @TempDir
    Path directory;

    @Nested
    class Always implements LogContract {
        @Override
        public Log newLog(HubClock clock) {
            return journal(clock, SyncPolicy.ALWAYS);
        }
    }

    @Nested
    class Interval implements LogContract {
        @Override
        public Log newLog(HubClock clock) {
            return journal(clock, SyncPolicy.INTERVAL);
        }
    }

    @Nested
    class None implements LogContract {
        @Override
        public Log newLog(HubClock clock) {
            return journal(clock, SyncPolicy.NONE);
        }
    }

    private Log journal(HubClock clock, SyncPolicy sync) {
        return new JournalLog(
                new JournalSettings(
                        directory, sync, Duration.ofMillis(10), 16 << 10, 64 << 20, false, LogContract.KEYS, 1000),
                clock);
    }
}
