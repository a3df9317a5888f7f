package io.carillon.core;

import java.util.Collection;
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
}
