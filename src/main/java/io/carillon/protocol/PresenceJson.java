package io.carillon.protocol;

import io.carillon.core.Connection;
import java.util.List;

/** Who is there, as HTTP and WebSocket say it alike. */
public final class PresenceJson {
    private PresenceJson() {}

    /** {@code "channel","count","subscribers":[{"connection","user","transport"}]}, without braces. */
    public static void write(WireWriter to, String channel, List<Connection> present) {
        to.ascii("\"channel\":").string(channel);
        to.ascii(",\"count\":").number(present.size()).ascii(",\"subscribers\":[");
        boolean first = true;
        for (Connection connection : present) {
            String user = connection.client().user();
            to.ascii(first ? "{\"connection\":" : ",{\"connection\":").string(connection.id());
            to.ascii(",\"user\":");
            if (user == null) {
                to.ascii("null");
            } else {
                to.string(user);
            }
            to.ascii(",\"transport\":")
                    .string(connection.client().transport().label())
                    .ascii('}');
            first = false;
        }
        to.ascii(']');
    }
}
