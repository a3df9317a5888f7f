package io.carillon.publish;

import io.carillon.auth.Access;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.protocol.RawJson;
import io.carillon.protocol.Submissions;
import io.carillon.protocol.WireWriter;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST v1/notify}: tells all who wait on the default channel that there is something new. */
@Path("notify")
@ApplicationScoped
public class NotifyResource {
    private static final String EVENT = "update";

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    /** A body is the data; without one it says when. */
    @POST
    public Response notify(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            @Context SecurityContext caller,
            InputStream body)
            throws IOException {
        ChannelName channel = new ChannelName(config.name(Key.DEFAULT_CHANNEL));
        access.checkPublish(Visitor.of(caller.getUserPrincipal()), channel);
        byte[] data = new Body(body, type, length).readOptional(config.bytes(Key.MESSAGE));
        if (data.length == 0) {
            data = now();
        }
        RawJson.check(data);
        hub.publish(List.of(Submissions.of(channel, EVENT, data, null, null, false)));
        return Answers.notified();
    }

    private static byte[] now() {
        WireWriter to = new WireWriter(64).ascii("{\"timestamp\":").number(HubClock.SYSTEM.millis());
        return to.ascii(",\"message\":\"update\"}").toBytes();
    }
}
