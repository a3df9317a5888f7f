package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.HubSettings;
import io.carillon.core.Retention;

/** Says to the core what was configured. */
final class CoreSettings {
    private CoreSettings() {}

    static HubSettings of(Config config) {
        Retention retention = new Retention(
                config.integer(Key.HISTORY_COUNT), config.duration(Key.HISTORY_AGE), config.bytes(Key.HISTORY_BYTES));
        return new HubSettings(
                config.name(Key.NODE),
                config.duration(Key.HEARTBEAT),
                config.duration(Key.SILENCE),
                config.duration(Key.PROGRESS),
                config.integer(Key.CONNECTIONS),
                config.integer(Key.SUBSCRIPTIONS),
                config.integer(Key.CHANNELS),
                config.integer(Key.PATTERNS),
                config.bytes(Key.MEMORY),
                channel -> retention,
                config.integer(Key.FANOUT_THREADS));
    }
}
