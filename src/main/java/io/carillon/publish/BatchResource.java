package io.carillon.publish;

import io.carillon.auth.Visitor;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** {@code POST v1/publications}: several publications, all of them or none. */
@Path("publications")
@ApplicationScoped
public class BatchResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Publisher publisher;

    @POST
    public Response publish(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            @Context SecurityContext caller,
            InputStream body)
            throws IOException {
        Visitor visitor = Visitor.of(caller.getUserPrincipal());
        return JsonAnswer.of(Answers.CREATED, Answers.published(publisher.all(visitor, new Body(body, type, length))));
    }
}
