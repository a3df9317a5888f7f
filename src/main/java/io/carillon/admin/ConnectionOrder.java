package io.carillon.admin;

import io.carillon.core.Connection;
import io.carillon.rest.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which order connections are listed. What changes meanwhile is read once for each, or no order would hold while it is made.
 */
enum ConnectionOrder {
    SINCE {
        @Override
        long key(Connection connection) {
            return connection.since();
        }
    },
    LAG {
        @Override
        long key(Connection connection) {
            return connection.lag();
        }
    },
    DELIVERED {
        @Override
        long key(Connection connection) {
            return connection.delivered();
        }
    };

    private record Keyed(Connection connection, long key) {}

    /** The largest first. */
    abstract long key(Connection connection);

    static ConnectionOrder of(@Nullable String sort) {
        String word = Query.word("sort", sort, List.of("since", "lag", "delivered"));
        return switch (word) {
            case "lag" -> LAG;
            case "delivered" -> DELIVERED;
            default -> SINCE;
        };
    }

    List<Connection> sort(Stream<Connection> connections) {
        List<Keyed> keyed = new ArrayList<>(connections
                .map(connection -> new Keyed(connection, key(connection)))
                .toList());
        keyed.sort(Comparator.comparingLong(Keyed::key)
                .reversed()
                .thenComparing(one -> one.connection().id(), Comparator.reverseOrder()));
        return keyed.stream().map(Keyed::connection).toList();
    }
}
