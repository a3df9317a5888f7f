package io.carillon.core;

import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** This node's connections, on all transports. Safe for concurrent use; a view may lag behind by the changes under way. */
public interface ConnectionRegistry {

    /** All open connections: not a copy, in no order. */
    Collection<Connection> all();

    @Nullable
    Connection find(String id);

    /**
     * The open connections of an authenticated user; empty for one that is not here.
     *
     * @throws InvalidNameException for a name that no client can have
     */
    Collection<Connection> ofUser(String user);

    /** How many are open. */
    int count();

    int count(Transport transport);

    /** Ends those that are meant; returns how many. Does not block. */
    int close(Predicate<Connection> meant, CloseReason reason);

    /**
     * Ends those that are meant because an operator says so, and says that in the log; returns how many. Does not block.
     *
     * @param by who says so
     */
    int kick(Predicate<Connection> meant, Object by);
}
