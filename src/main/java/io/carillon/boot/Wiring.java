package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.InvalidConfigException;
import io.carillon.config.Sources;
import io.carillon.core.ConnectionRegistry;
import io.carillon.core.Hub;
import io.carillon.core.LogLine;
import io.carillon.monitor.Build;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the entry points inject: the {@link Config}, the {@link Hub} and the {@link ConnectionRegistry}. The node
 * starts when one of them is first asked for, at the latest with {@link Starter}.
 *
 * <p>Safe for concurrent use under its monitor, which is held while the node starts and while it stops.
 */
@ApplicationScoped
public class Wiring {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());
    private static final String MANAGED_THREADS = "java:comp/DefaultManagedThreadFactory";

    private @Nullable Config config;
    private @Nullable RuntimeException refusal;
    private @Nullable Node node;

    /**
     * What was configured.
     *
     * @throws InvalidConfigException with all that is wrong, which has been logged, too
     */
    @Produces
    @Singleton
    public synchronized Config config() {
        if (refusal != null) {
            throw refusal; // said once, however often the server tries
        }
        Config known = config;
        if (known == null) {
            known = load();
            config = known;
        }
        return known;
    }

    /** One and the same: {@code Hub} is final, so it is no normal-scoped bean with a proxy. */
    @Produces
    @Singleton
    public synchronized Hub hub() {
        Node running = node;
        if (running == null) {
            running = start(config());
            node = running;
        }
        return running.hub();
    }

    /** The one that all transports share. */
    @Produces
    @ApplicationScoped
    public ConnectionRegistry connections(Hub hub) {
        return hub.connections();
    }

    /** Which Carillon this is. */
    @Produces
    @Singleton
    public Build build() {
        return new Build(Version.TEXT);
    }

    /** Goes down. Idempotent: {@link Goodbye} calls it first; {@link Starter} in case that never came to be. */
    public synchronized void stop() {
        Node running = node;
        if (running != null) {
            running.stop();
        }
    }

    /** A hub that does not start, such as when its journal is damaged, has failed for good: the deployment fails, too. */
    private Node start(Config known) {
        try {
            return new Node(known, threadFactory());
        } catch (RuntimeException e) {
            refusal = e;
            throw e;
        }
    }

    private Config load() {
        Sources sources = Sources.read(System.getProperties(), System.getenv(), Wiring.class.getClassLoader());
        if (!sources.ignored().isEmpty()) {
            LOG.log(Level.WARNING, "environment variables that are no keys are ignored: {0}", sources.ignored());
        }
        try {
            Config loaded = Config.load(sources);
            loaded.changed()
                    .forEach((key, value) -> LOG.log(
                            Level.INFO,
                            LogLine.of("config.set")
                                    .with("key", key)
                                    .with("value", value)
                                    .toString()));
            return loaded;
        } catch (InvalidConfigException e) {
            refusal = e;
            LOG.log(Level.ERROR, LogLine.of("config.refused").say(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** The server's, so that it knows these threads; it need not have one (TomEE). */
    @SuppressWarnings("BanJNDI") // the name is a constant
    private static ThreadFactory threadFactory() {
        try {
            return (ThreadFactory) new InitialContext().lookup(MANAGED_THREADS);
        } catch (NamingException e) {
            LOG.log(Level.DEBUG, "no {0}: {1}", MANAGED_THREADS, e.toString());
            return FanOutThreads.daemons();
        }
    }
}
