package io.carillon.bench.workload;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a server is started for a measurement. Measurements with the same one share a server.
 *
 * @param name tells those apart that are otherwise the same and want a server of their own
 * @param jvm options of its JVM, if it has one
 * @param properties of a hub
 */
public record Setup(String name, String jvm, Map<String, String> properties) {
    private static final String FIXED_HEAP = "-Xms1g -Xmx1g";
    private static final String FREE_HEAP = "-Xmx1g";

    /** For loads: all that are measured on one server share it. Everything stays in memory, as the peers' does. */
    static Setup loads() {
        return new Setup("loads", FIXED_HEAP, memory());
    }

    /** One that may give memory back. */
    static Setup ofItsOwn(String name) {
        return new Setup(name, FREE_HEAP, memory());
    }

    /** A hub that writes to a journal. */
    static Setup journal(String sync, String directory) {
        Map<String, String> properties = memory();
        properties.put("carillon.log", "journal");
        properties.put("carillon.journal.sync", sync);
        properties.put("carillon.journal.dir", directory);
        return new Setup("journal-" + sync, FIXED_HEAP, properties);
    }

    /** A hub that is open and sets no bounds that one generator reaches. */
    private static Map<String, String> memory() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("carillon.log", "memory");
        properties.put("carillon.access.everybody", "subscribe:**,publish:**");
        properties.put("carillon.connections", "20000");
        properties.put("carillon.channels", "200000");
        properties.put("carillon.publish.rate", "100000000");
        properties.put("carillon.channels.rate", "10000000");
        properties.put("carillon.patterns", "10000");
        return properties;
    }
}
