package io.carillon.transport;

import io.carillon.protocol.Fault;
import io.carillon.protocol.ProblemJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers a request that is not taken, where no JAX-RS does it. */
public final class Refusal {
    private Refusal() {}

    public static void write(HttpServletResponse response, Fault fault) throws IOException {
        response.setStatus(fault.code().status());
        response.setContentType(ProblemJson.MEDIA_TYPE);
        ProblemJson.headers(fault).forEach(response::setHeader);
        response.getOutputStream().write(ProblemJson.of(fault));
    }
}
