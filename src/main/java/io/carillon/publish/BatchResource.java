package io.carillon.publish;

import io.carillon.auth.Access;
import io.carillon.auth.Action;
import io.carillon.auth.Identity;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
import io.carillon.core.UnknownConnectionException;
import io.carillon.protocol.Batch;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
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
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @POST
    public Response publish(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            @Context SecurityContext caller,
            InputStream body)
            throws IOException {
        Visitor visitor = Visitor.of(caller.getUserPrincipal());
        access.policy().checkAny(visitor.identity(), Action.PUBLISH); // a stranger's body is not worth reading
        byte[] json = Body.read(body, type, length, config.bytes(Key.BATCH));
        Batch batch = Batch.parse(json, config.bytes(Key.MESSAGE));
        check(visitor.identity(), batch);
        access.limits()
                .checkPublish(
                        visitor,
                        batch.publications().stream()
                                .map(NewPublication::channel)
                                .toList());
        try {
            return Answers.published(hub.publish(batch.publications()));
        } catch (UnknownConnectionException e) {
            throw indexed(e, batch);
        }
    }

    private void check(Identity who, Batch batch) {
        for (int i = 0; i < batch.publications().size(); i++) {
            try {
                access.policy()
                        .check(who, Action.PUBLISH, batch.publications().get(i).channel());
            } catch (ProtocolException e) {
                throw e.at(batch.list(), i);
            }
        }
    }

    /** The hub knows the channel, the client wants to know the entry. */
    private static RuntimeException indexed(UnknownConnectionException cause, Batch batch) {
        for (int i = 0; i < batch.publications().size(); i++) {
            if (batch.publications().get(i).channel().equals(cause.channel())) {
                return new ProtocolException(ErrorCode.UNKNOWN_CONNECTION, String.valueOf(cause.getMessage()))
                        .at(batch.list(), i);
            }
        }
        return cause;
    }
}
