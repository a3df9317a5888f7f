package io.carillon.core;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The registry, with what only the hub may do: join, leave, and remember those whose goodbye is not through. */
final class Connections implements ConnectionRegistry {
    private final Map<String, Connection> byId = new ConcurrentHashMap<>();
    private final Map<String, Set<Connection>> byUser = new ConcurrentHashMap<>();
    private final Set<Connection> closing = ConcurrentHashMap.newKeySet();
    private final Map<Transport, AtomicInteger> counts = new EnumMap<>(Transport.class);
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

    Connections() {
        for (Transport transport : Transport.values()) {
            counts.put(transport, new AtomicInteger()); // never changed again, so safe to read
        }
    }

    @Override
    public Collection<Connection> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    @Override
    public @Nullable Connection find(String id) {
        return byId.get(id);
    }

    @Override
    public Collection<Connection> ofUser(String user) {
        return Collections.unmodifiableCollection(byUser.getOrDefault(user, Set.of()));
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

    private AtomicInteger counter(Transport transport) {
        return Objects.requireNonNull(counts.get(transport));
    }

    void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    void join(Connection connection) {
        byId.put(connection.id(), connection);
        String user = connection.client().user();
        if (user != null) {
            byUser.compute(user, (name, present) -> {
                Set<Connection> set = present == null ? ConcurrentHashMap.newKeySet() : present;
                set.add(connection);
                return set;
            });
        }
        counter(connection.client().transport()).incrementAndGet();
        for (ConnectionListener listener : listeners) {
            listener.joined(connection);
        }
    }

    /** Once for each that joined. */
    void left(Connection connection) {
        if (!byId.remove(connection.id(), connection)) {
            return;
        }
        String user = connection.client().user();
        if (user != null) {
            byUser.computeIfPresent(user, (name, set) -> {
                set.remove(connection);
                return set.isEmpty() ? null : set;
            });
        }
        counter(connection.client().transport()).decrementAndGet();
        for (ConnectionListener listener : listeners) {
            listener.left(connection);
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
