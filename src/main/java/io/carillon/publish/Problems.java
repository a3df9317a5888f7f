package io.carillon.publish;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProblemJson;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Makes a problem of whatever was thrown. */
final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    private Problems() {}

    static Response of(Throwable cause) {
        return answer(fault(cause));
    }

    /** What is told of it, a body that broke off among them. */
    static Fault fault(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.log(Level.DEBUG, "a request''s body did not come to its end: {0}", cause.toString());
            return new Fault(ErrorCode.INVALID_REQUEST, "the body did not come to its end");
        }
        return Fault.of(cause);
    }

    /** What the server itself refuses. Its headers, such as {@code Allow}, are kept. */
    static Response of(WebApplicationException cause) {
        Response response = cause.getResponse();
        int status = response.getStatus();
        if (status < 400 || response.hasEntity()) {
            return response;
        }
        if (status >= 500) {
            LOG.log(Level.ERROR, "a request failed", cause);
        }
        Fault fault = fault(status, response);
        Response.ResponseBuilder answer = Response.status(fault.code().status());
        response.getHeaders().forEach((name, values) -> values.forEach(value -> answer.header(name, value)));
        return answer(fault, answer);
    }

    private static Fault fault(int status, Response response) {
        return switch (status) {
            case 401 -> new Fault(ErrorCode.UNAUTHORIZED, "credentials are needed");
            case 403 -> new Fault(ErrorCode.FORBIDDEN, "this is not allowed");
            case 404 -> new Fault(ErrorCode.NOT_FOUND, "there is nothing at this address; openapi.yaml lists all");
            case 405 ->
                new Fault(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "this method is not allowed here; allowed is " + response.getHeaderString(HttpHeaders.ALLOW));
            case 406 -> new Fault(ErrorCode.NOT_ACCEPTABLE, "the answer is JSON, which Accept does not allow");
            case 415 -> new Fault(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send JSON in UTF-8 as application/json");
            case 429 -> new Fault(ErrorCode.LIMIT, "there are too many requests");
            case 503 -> new Fault(ErrorCode.UNAVAILABLE, "the server cannot take this now");
            default ->
                status < 500
                        ? new Fault(ErrorCode.INVALID_REQUEST, "the server cannot read this request")
                        : new Fault(ErrorCode.INTERNAL, "unexpected error; the server's log has the cause");
        };
    }

    private static Response answer(Fault fault) {
        return answer(fault, Response.status(fault.code().status()));
    }

    private static Response answer(Fault fault, Response.ResponseBuilder answer) {
        ProblemJson.headers(fault).forEach(answer::header);
        return answer.type(ProblemJson.MEDIA_TYPE).entity(ProblemJson.of(fault)).build();
    }
}
