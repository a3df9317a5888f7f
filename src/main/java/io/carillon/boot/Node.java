package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Log;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;

/** One running hub with its log and its threads. */
final class Node {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final Config config;
    private final FanOutThreads threads;
    private final Hub hub;
    private boolean stopped;

    /** Starts it: when this returns, the hub has read its log and takes publications and connections. */
    Node(Config config, ThreadFactory factory) {
        HubSettings settings = CoreSettings.of(config);
        HubClock clock = HubClock.SYSTEM;
        Log log = LocalLog.of(config, clock);
        this.config = config;
        this.threads = new FanOutThreads(settings.lanes(), factory);
        this.hub = new Hub(settings, log, threads, clock);
        start();
        LOG.log(
                Level.INFO,
                "Carillon {0} started as node {1}: at most {2} connections, {3} MB retained, {4} fan-out threads",
                Version.TEXT,
                settings.node(),
                Integer.toString(settings.maxConnections()),
                Long.toString(settings.memory() >> 20),
                settings.lanes());
    }

    private void start() {
        try {
            hub.start();
        } catch (RuntimeException e) {
            threads.close(); // nobody else could end them
            LOG.log(Level.ERROR, "the hub does not start: {0}", e.getMessage());
            throw e;
        }
    }

    Hub hub() {
        return hub;
    }

    /**
     * Says goodbye to all connections and ends the threads. Idempotent; a second caller waits for the first. Takes at
     * most {@code carillon.drain} and a little more than a second.
     */
    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            int open = hub.connections().count();
            hub.shutdown(config.duration(Key.DRAIN));
            threads.close();
            LOG.log(Level.INFO, "node {0} stopped, {1} connections were open", config.name(Key.NODE), open);
        }
    }
}
