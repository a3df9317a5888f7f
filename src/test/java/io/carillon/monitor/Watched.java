package io.carillon.monitor;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Log;
import io.carillon.core.NewPublication;
import io.carillon.core.Retention;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A hub to look at. */
final class Watched {
    private Watched() {}

    static Hub hub(String node) {
        return hub(node, memory());
    }

    static Log memory() {
        return new MemoryLog(HubClock.SYSTEM, new KeyLimits(Duration.ofMinutes(5), 1 << 20));
    }

    static Hub hub(String node, Log log) {
        Retention retention = new Retention(100, Duration.ofHours(1), 1 << 20);
        HubSettings settings = new HubSettings(
                node,
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                100,
                10,
                100,
                10,
                4 << 20,
                name -> new ChannelOptions(retention),
                1);
        Hub hub = new Hub(settings, log, Runnable::run, HubClock.SYSTEM);
        hub.start();
        return hub;
    }

    static void publish(Hub hub, String data) {
        hub.publish(List.of(new NewPublication(new ChannelName("a"), data.getBytes(StandardCharsets.UTF_8))));
    }
}
