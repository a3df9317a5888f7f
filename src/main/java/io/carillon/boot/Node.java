package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Log;
import io.carillon.core.LogLine;
import io.carillon.hook.Webhook;
import io.carillon.monitor.Management;
import io.carillon.protocol.PresenceJson;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** One running hub with its log and its threads. */
final class Node {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final Config config;
    private final FanOutThreads threads;
    private final Hub hub;
    private final Management management;
    private final @Nullable Webhook hook;
    private boolean stopped;

    /** Starts it: when this returns, the hub has read its log and takes publications and connections. */
    Node(Config config, ThreadFactory factory) {
        HubSettings settings = CoreSettings.of(config);
        HubClock clock = HubClock.SYSTEM;
        Log log = LocalLog.of(config, clock);
        this.config = config;
        this.threads = new FanOutThreads(settings.lanes(), factory);
        this.hub = new Hub(settings, log, threads, clock, PresenceJson::member);
        start();
        this.management = Management.of(hub);
        this.hook = Hooks.of(config, settings.node(), clock);
        if (hook != null) {
            hub.presence().listen(hook.start());
        }
        LOG.log(
                Level.INFO,
                LogLine.of("hub.started")
                        .with("version", Version.TEXT)
                        .with("node", settings.node())
                        .with("log", config.name(Key.LOG))
                        .with("connections", settings.maxConnections())
                        .with("memory", settings.memory())
                        .with("fanout_threads", settings.lanes())
                        .say("Carillon is up"));
    }

    private void start() {
        try {
            hub.start();
        } catch (RuntimeException e) {
            threads.close(); // nobody else could end them
            LOG.log(
                    Level.ERROR,
                    LogLine.of("hub.refused")
                            .with("node", config.name(Key.NODE))
                            .say("the hub does not start: " + e.getMessage()));
            throw e;
        }
    }

    Hub hub() {
        return hub;
    }

    /**
     * Says goodbye to all connections and ends the threads. Idempotent; a second caller waits for the first. Takes at
     * most {@code carillon.drain} and a little more than two seconds.
     */
    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            int open = hub.connections().count();
            hub.shutdown(config.duration(Key.DRAIN));
            threads.close();
            management.close();
            if (hook != null) {
                hook.close();
            }
            LOG.log(
                    Level.INFO,
                    LogLine.of("hub.stopped")
                            .with("node", config.name(Key.NODE))
                            .with("connections", open)
                            .say("these were open, and are told to come back"));
        }
    }
}
