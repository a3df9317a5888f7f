package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import io.carillon.log.journal.JournalLog;
import io.carillon.log.journal.JournalSettings;
import io.carillon.log.journal.SyncPolicy;
import java.nio.file.Path;
import java.util.Locale;

/** The log that was configured. */
final class LocalLog {
    private LocalLog() {}

    static Log of(Config config, HubClock clock) {
        return config.name(Key.LOG).equals("memory")
                ? new MemoryLog(clock, keys(config))
                : new JournalLog(settings(config), clock);
    }

    private static KeyLimits keys(Config config) {
        return new KeyLimits(config.duration(Key.KEY_WINDOW), config.bytes(Key.KEY_MEMORY));
    }

    private static JournalSettings settings(Config config) {
        String directory = config.name(Key.JOURNAL_DIR);
        return new JournalSettings(
                directory.equals("server") ? DataDirectory.of(System.getProperties()) : Path.of(directory),
                SyncPolicy.valueOf(config.name(Key.JOURNAL_SYNC).toUpperCase(Locale.ROOT)),
                config.duration(Key.JOURNAL_SYNC_INTERVAL),
                config.bytes(Key.JOURNAL_SEGMENT),
                config.bytes(Key.JOURNAL_SIZE),
                config.name(Key.JOURNAL_REPAIR).equals("skip"),
                keys(config),
                config.integer(Key.CHANNELS));
    }
}
