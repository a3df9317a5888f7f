package io.carillon.admin;

import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.ws.rs.core.Response;

/** The bodies that these resources share. */
final class Answer {
    private Answer() {}

    /** {@code {"closed":3}}: so many connections of this node. */
    static Response closed(int status, int connections) {
        return JsonAnswer.of(
                status,
                new WireWriter(32).ascii("{\"closed\":").number(connections).ascii('}'));
    }
}
