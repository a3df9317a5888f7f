package io.carillon.publish;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Answers a body that did not come to its end, should its sender still listen. */
@Provider
public class BrokenBodyMapper implements ExceptionMapper<IOException> {
    @Override
    public Response toResponse(IOException cause) {
        return Problems.of(cause);
    }
}
