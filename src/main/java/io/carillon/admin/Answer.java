package io.carillon.admin;

import io.carillon.protocol.WireWriter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The bodies that these resources share. */
final class Answer {
    private Answer() {}

    static Response json(int status, WireWriter body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body.toBytes())
                .build();
    }

    /** {@code {"closed":3}}: so many connections of this node. */
    static Response closed(int status, int connections) {
        return json(
                status,
                new WireWriter(32).ascii("{\"closed\":").number(connections).ascii('}'));
    }

    static void member(WireWriter to, String name, @Nullable String value) {
        to.ascii(",\"").ascii(name).ascii("\":");
        if (value == null) {
            to.ascii("null");
        } else {
            to.string(value);
        }
    }
}
