package io.carillon.faults;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the hubs of the bench are configured. */
final class Settings {
    /** True for the long form of the bench. */
    static final boolean LONG = Boolean.getBoolean("faults.long");

    private Settings() {}

    /** Forgets everything with its process. */
    static Map<String, String> memory() {
        Map<String, String> config = ample();
        config.put("carillon.log", "memory");
        return config;
    }

    /** Survives its process. */
    static Map<String, String> journal(Path directory) {
        Map<String, String> config = ample();
        config.put("carillon.log", "journal");
        config.put("carillon.journal.dir", directory.toString());
        return config;
    }

    /** Keeps enough for whoever is away for a minute, so that a gap is no excuse; notices the dead quickly. */
    private static Map<String, String> ample() {
        return new HashMap<>(Map.of(
                "carillon.access.everybody", "subscribe:**,publish:**,presence:**",
                "carillon.history.count", "1000000",
                "carillon.history.bytes", "64MB",
                "carillon.memory", "64MB",
                "carillon.key.memory", "64MB",
                "carillon.heartbeat", "5s",
                "carillon.silence", "20s",
                "carillon.progress", "5s"));
    }
}
