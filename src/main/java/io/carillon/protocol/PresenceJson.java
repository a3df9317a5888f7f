package io.carillon.protocol;

import io.carillon.core.Connection;
import java.util.List;

/** Who is there, as HTTP and WebSocket say it alike. */
public final class PresenceJson {
    /** Connections that are listed; more are only counted. */
    public static final int MOST = 1000;

    private PresenceJson() {}

    /** {@code "channel","count","subscribers":[{"connection","user","transport"}]}, without braces. */
    public static void write(WireWriter to, String channel, List<Connection> present) {
        to.ascii("\"channel\":").string(channel);
        to.ascii(",\"count\":").number(present.size()).ascii(",\"subscribers\":");
        to.array(present.subList(0, Math.min(present.size(), MOST)), PresenceJson::subscriber);
    }

    private static void subscriber(WireWriter to, Connection connection) {
        to.ascii("{\"connection\":").string(connection.id());
        to.ascii(",\"user\":").stringOrNull(connection.client().user());
        to.ascii(",\"transport\":").string(connection.client().transport().label());
        to.ascii('}');
    }
}
