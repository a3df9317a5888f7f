package io.carillon.publish;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what our resources throw. Not for {@code Throwable}: TomEE has a mapper of its own for that, and prefers it. */
@Provider
public class ProblemMapper implements ExceptionMapper<RuntimeException> {
    @Override
    public Response toResponse(RuntimeException cause) {
        return Problems.of(cause);
    }
}
