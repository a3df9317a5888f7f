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
        to.ascii(",\"count\":").number(present.size()).ascii(",\"subscribers\":[");
        for (int i = 0; i < Math.min(present.size(), MOST); i++) {
            to.ascii(i == 0 ? "{" : ",{");
            subscriber(to, present.get(i));
        }
        to.ascii(']');
    }

    private static void subscriber(WireWriter to, Connection connection) {
        to.ascii("\"connection\":").string(connection.id()).ascii(",\"user\":");
        String user = connection.client().user();
        if (user == null) {
            to.ascii("null");
        } else {
            to.string(user);
        }
        to.ascii(",\"transport\":").string(connection.client().transport().label());
        to.ascii('}');
    }
}
