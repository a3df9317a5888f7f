package io.carillon.monitor;

import io.carillon.core.Hub;
import io.carillon.core.HubFigures;
import io.carillon.core.Labels;
import io.carillon.core.LogLine;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * The hub's place among the JVM's MBeans, {@code io.carillon:type=Hub,node=<node>}; a second hub of the same name gets
 * {@code ,instance=2}, and so on. A JVM that does not let us is told of in the log, and the hub runs all the same.
 */
public final class Management implements HubMXBean, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Management.class.getName());
    private static final int MOST_INSTANCES = 100;

    private final Hub hub;
    private volatile @Nullable ObjectName name;

    private Management(Hub hub) {
        this.hub = hub;
    }

    /** Registers it. */
    public static Management of(Hub hub) {
        Management management = new Management(hub);
        management.register();
        return management;
    }

    private void register() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String plain = "io.carillon:type=Hub,node=" + hub.settings().node();
        try {
            StandardMBean bean = new StandardMBean(this, HubMXBean.class, true);
            for (int instance = 1; name == null && instance <= MOST_INSTANCES; instance++) {
                ObjectName wanted = new ObjectName(instance == 1 ? plain : plain + ",instance=" + instance);
                try {
                    name = server.registerMBean(bean, wanted).getObjectName();
                } catch (InstanceAlreadyExistsException taken) {
                    LOG.log(Level.DEBUG, "{0} is another hub''s", wanted);
                }
            }
        } catch (JMException | SecurityException e) {
            LOG.log(Level.WARNING, LogLine.of("jmx.refused").with("cause", e).say("no MBean for this hub"));
        }
    }

    /** Where it is registered; null once it is no longer. */
    @Nullable
    ObjectName name() {
        return name;
    }

    /** Unregisters it. Idempotent. */
    @Override
    public void close() {
        ObjectName known = name;
        name = null;
        if (known != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(known);
            } catch (JMException e) {
                LOG.log(Level.DEBUG, "the MBean was gone already: {0}", e.toString());
            }
        }
    }

    // ---- the bean ----

    @Override
    public String getNode() {
        return hub.settings().node();
    }

    @Override
    public boolean isReady() {
        return Health.ready(hub.figures()).up();
    }

    @Override
    public int getConnections() {
        return hub.connections().count();
    }

    @Override
    public Map<String, Integer> getConnectionsByTransport() {
        return named(hub.figures().transports(), HubFigures.Traffic::open);
    }

    @Override
    public Map<String, Long> getClosedByReason() {
        return named(hub.figures().closed(), Function.identity());
    }

    @Override
    public long getPublications() {
        return hub.figures().publishing().accepted();
    }

    @Override
    public Map<String, Long> getDeliveriesByTransport() {
        return named(hub.figures().transports(), HubFigures.Traffic::publications);
    }

    @Override
    public long getGaps() {
        return hub.figures().gaps();
    }

    @Override
    public double getFanOutLagMeanSeconds() {
        return hub.figures().fanOutLag().mean();
    }

    @Override
    public double getAppendMeanSeconds() {
        return hub.figures().publishing().append().mean();
    }

    @Override
    public int getChannels() {
        return hub.figures().use().channels();
    }

    @Override
    public int getPatterns() {
        return hub.figures().use().patterns();
    }

    @Override
    public long getRetainedBytes() {
        return hub.figures().use().bytes();
    }

    @Override
    public long getEvictedForMemory() {
        return hub.figures().evicted().getOrDefault(HubFigures.Eviction.MEMORY, 0L);
    }

    @Override
    public long getLogBytes() {
        return hub.figures().log().bytes();
    }

    @Override
    public int getLogSegments() {
        return hub.figures().log().segments();
    }

    @Override
    public boolean isLogFull() {
        return hub.figures().log().full();
    }

    @Override
    public String getLogFailure() {
        String failure = hub.figures().log().failure();
        return failure == null ? "" : failure;
    }

    @Override
    public boolean kick(String connection) {
        return hub.connections().kick(one -> one.id().equals(connection), "jmx") > 0;
    }

    private static <E extends Enum<E>, A, B> Map<String, B> named(Map<E, A> figures, Function<A, B> what) {
        Map<String, B> named = new LinkedHashMap<>();
        figures.forEach((one, figure) -> named.put(Labels.of(one), what.apply(figure)));
        return named;
    }
}
