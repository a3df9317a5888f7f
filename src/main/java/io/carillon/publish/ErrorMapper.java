package io.carillon.publish;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Keeps what should never happen out of the answer, and puts it into the log. */
@Provider
public class ErrorMapper implements ExceptionMapper<Error> {
    @Override
    public Response toResponse(Error cause) {
        return Problems.of(cause);
    }
}
