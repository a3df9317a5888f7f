package io.carillon.publish;

import io.carillon.auth.Access;
import io.carillon.auth.Visitor;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.protocol.Channels;
import io.carillon.protocol.Cursors;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** {@code v1/channels/{channel}}: publish one, look at what is retained, and at who is there. */
@Path("channels/{channel}")
@ApplicationScoped
public class ChannelResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Publisher publisher;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    /**
     * The body is the data. What can stand in a header can stand in the address, which counts more: not every client
     * can set headers.
     */
    @POST
    @Path("publications")
    public Response publish(
            @PathParam("channel") String channel,
            @QueryParam("event") @Nullable String event,
            @QueryParam("ttl") @Nullable String ttl,
            @QueryParam("key") @Nullable String key,
            @QueryParam("ephemeral") @Nullable String ephemeral,
            @HeaderParam("Carillon-Event") @Nullable String eventHeader,
            @HeaderParam("Carillon-TTL") @Nullable String ttlHeader,
            @HeaderParam("Idempotency-Key") @Nullable String keyHeader,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            @Context SecurityContext caller,
            InputStream body)
            throws IOException {
        Attributes attributes =
                new Attributes(first(event, eventHeader), first(ttl, ttlHeader), first(key, keyHeader), ephemeral);
        Visitor visitor = Visitor.of(caller.getUserPrincipal());
        return JsonAnswer.of(
                Answers.CREATED,
                Answers.published(publisher.one(visitor, channel, attributes, new Body(body, type, length))));
    }

    private static @Nullable String first(@Nullable String parameter, @Nullable String header) {
        return parameter != null ? parameter : header;
    }

    /** A page of what follows {@code since}; without it, from the oldest that is retained. */
    @GET
    @Path("publications")
    public Response history(
            @PathParam("channel") String channel,
            @QueryParam("since") @Nullable String since,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext caller) {
        ChannelName name = Channels.toRead(channel);
        access.checkHistory(Visitor.of(caller.getUserPrincipal()), name);
        Long cursor = Cursors.parse(since);
        int most = Numbers.limit(limit);
        return Answers.history(name.value(), Pages.cut(hub.history(name, cursor == null ? 0 : cursor, most)));
    }

    /** Who is subscribed to it on this node. */
    @GET
    @Path("presence")
    public Response presence(@PathParam("channel") String channel, @Context SecurityContext caller) {
        ChannelName name = Channels.toRead(channel);
        access.checkPresence(Visitor.of(caller.getUserPrincipal()), name);
        return Answers.presence(name.value(), hub.present(name), hub.presence().of(name));
    }
}
