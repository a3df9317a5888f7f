package io.carillon.publish;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.core.UnknownConnectionException;
import io.carillon.protocol.Batch;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
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

    @POST
    public Response publish(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            InputStream body)
            throws IOException {
        byte[] json = Body.read(body, type, length, config.bytes(Key.BATCH));
        Batch batch = Batch.parse(json, config.bytes(Key.MESSAGE));
        try {
            return Answers.published(hub.publish(batch.publications()));
        } catch (UnknownConnectionException e) {
            throw indexed(e, batch);
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
