package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The registry, with what only the hub may do: join, leave, and remember those whose goodbye is not through. */
final class Connections implements ConnectionRegistry {
    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final Map<Long, Connection> byNumber = new ConcurrentHashMap<>();
    private final Map<String, Set<Connection>> byUserChannel = new ConcurrentHashMap<>();
    private final Set<Connection> closing = ConcurrentHashMap.newKeySet();
    private final Map<Transport, AtomicInteger> counts = new EnumMap<>(Transport.class);
    private final Listeners<ConnectionListener> listeners = new Listeners<>();

    private final ConnectionIds ids;
    private final HubStats stats;

    Connections(ConnectionIds ids, HubStats stats) {
        this.ids = ids;
        this.stats = stats;
        for (Transport transport : Transport.values()) {
            counts.put(transport, new AtomicInteger()); // never changed again, so safe to read
        }
    }

    @Override
    public Collection<Connection> all() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    @Override
    public @Nullable Connection find(String id) {
        return byNumber.get(ids.number(id));
    }

    @Override
    public Collection<Connection> ofUser(String user) {
        return ofUserChannel(ChannelName.ofUser(user).value());
    }

    /** The open connections that belong to a channel by their user. */
    Collection<Connection> ofUserChannel(String channel) {
        return Collections.unmodifiableCollection(byUserChannel.getOrDefault(channel, Set.of()));
    }

    /** False for the channel of a connection that is not here, such as one from before a restart. */
    boolean wants(String channel) {
        return !ChannelName.isOfConnection(channel) || find(new ChannelName(channel).connectionId()) != null;
    }

    @Override
    public int count() {
        int sum = 0;
        for (AtomicInteger count : counts.values()) {
            sum += count.get();
        }
        return sum;
    }

    @Override
    public int count(Transport transport) {
        return counter(transport).get();
    }

    @Override
    public int close(Predicate<Connection> meant, CloseReason reason) {
        int closed = 0;
        for (Connection connection : byNumber.values()) {
            if (meant.test(connection)) {
                connection.close(reason);
                closed++;
            }
        }
        return closed;
    }

    @Override
    public int kick(Predicate<Connection> meant, Object by) {
        int closed = close(meant, CloseReason.KICKED);
        LOG.log(
                Level.INFO,
                LogLine.of("connections.kicked")
                        .with("by", by)
                        .with("count", closed)
                        .say("an operator has closed connections"));
        return closed;
    }

    /** Refuses one more than that. A few that come in the same moment may be above it. */
    void checkRoom(int most) {
        if (count() >= most) {
            throw new RefusedException(
                    RefusedException.Why.FULL, "all " + most + " connections of this node are in use");
        }
    }

    private AtomicInteger counter(Transport transport) {
        return Objects.requireNonNull(counts.get(transport));
    }

    void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    /**
     * Its last step makes the connection known by its id: until then nobody can end it, and who has ended it already is
     * taken off again.
     */
    void join(Connection connection) {
        addToUser(connection);
        counter(connection.client().transport()).incrementAndGet();
        stats.opened(connection.client().transport());
        listeners.tell(listener -> listener.joined(connection));
        byNumber.put(connection.number, connection);
        CloseReason reason = connection.closing();
        if (reason != null) {
            left(connection, reason);
        }
    }

    /** Once for each that joined. */
    void left(Connection connection, CloseReason reason) {
        if (!byNumber.remove(connection.number, connection)) {
            return;
        }
        removeFromUser(connection);
        counter(connection.client().transport()).decrementAndGet();
        stats.closed(reason.kind());
        listeners.tell(listener -> listener.left(connection));
    }

    /** A stranger has said who he is, or somebody has renewed his credential. The user does not change otherwise. */
    void identify(Connection connection, Client client) {
        connection.become(client);
        addToUser(connection);
        if (!connection.open()) {
            removeFromUser(connection); // it may have left before the line above
        }
    }

    private void addToUser(Connection connection) {
        String own = connection.client().userChannel();
        if (own != null) {
            byUserChannel.compute(own, (name, present) -> {
                Set<Connection> set = present == null ? ConcurrentHashMap.newKeySet() : present;
                set.add(connection);
                return set;
            });
        }
    }

    private void removeFromUser(Connection connection) {
        String own = connection.client().userChannel();
        if (own != null) {
            byUserChannel.computeIfPresent(own, (name, set) -> {
                set.remove(connection);
                return set.isEmpty() ? null : set;
            });
        }
    }

    void closing(Connection connection) {
        closing.add(connection);
    }

    void ended(Connection connection) {
        closing.remove(connection);
    }

    Collection<Connection> closing() {
        return closing;
    }
}
