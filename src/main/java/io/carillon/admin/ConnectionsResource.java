package io.carillon.admin;

import io.carillon.auth.Identity;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code v1/admin/connections}: those of this node; list them, or end some of them. */
@Path("admin/connections")
@ApplicationScoped
public class ConnectionsResource {
    private static final int MOST_LISTED = 1000;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    /**
     * A page of them, and how many there are.
     *
     * @param user whose they are; and so on for {@code token} and {@code transport}
     * @param text that the user, the address, the id or one of its channels contains
     * @param sort the newest first, or by one of the figures, the largest first
     */
    @GET
    public Response list(
            @QueryParam("user") @Nullable String user,
            @QueryParam("token") @Nullable String token,
            @QueryParam("transport") @Nullable String transport,
            @QueryParam("q") @Nullable String text,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("offset") @Nullable String offset,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext caller) {
        administrators.check(caller);
        ConnectionOrder order = ConnectionOrder.of(sort);
        Page page = Page.of(offset, limit, MOST_LISTED, MOST_LISTED);
        Predicate<Connection> meant = meant(user, token).and(over(transport)).and(contains(text));
        List<Connection> all = order.sort(hub.connections().all().stream().filter(meant));
        return page.answer("connections", all, 192, ConnectionsResource::write);
    }

    private static Predicate<Connection> over(@Nullable String transport) {
        return connection -> transport == null
                || transport.isEmpty()
                || connection.client().transport().label().equals(transport);
    }

    private static Predicate<Connection> contains(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return connection -> true;
        }
        return connection -> {
            String user = connection.client().user();
            return connection.id().contains(text)
                    || (user != null && user.contains(text))
                    || connection.client().address().contains(text)
                    || connection.channels().stream().anyMatch(channel -> channel.contains(text));
        };
    }

    private static void write(WireWriter to, Connection connection) {
        to.ascii("{\"connection\":").string(connection.id());
        to.ascii(",\"user\":").stringOrNull(connection.client().user());
        to.ascii(",\"token\":").stringOrNull(connection.client().credential().id());
        to.ascii(",\"transport\":").string(connection.client().transport().label());
        to.ascii(",\"address\":").string(connection.client().address());
        to.ascii(",\"since\":").number(connection.since());
        to.ascii(",\"cursor\":").number(connection.cursor());
        to.ascii(",\"lag\":").number(connection.lag());
        to.ascii(",\"delivered\":").number(connection.delivered());
        to.ascii(",\"channels\":")
                .array(connection.channels(), WireWriter::string)
                .ascii('}');
    }

    /** Ends all of one user or of one token. They may come back, unless they are revoked, too. */
    @DELETE
    public Response kick(
            @QueryParam("user") @Nullable String user,
            @QueryParam("token") @Nullable String token,
            @Context SecurityContext caller) {
        Identity by = administrators.check(caller);
        if (user == null && token == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "say which: user=, token=, or an id in the path");
        }
        return Answer.closed(200, hub.connections().kick(meant(user, token), by));
    }

    /** Ends one. */
    @DELETE
    @Path("{connection}")
    public Response kick(@PathParam("connection") String id, @Context SecurityContext caller) {
        Identity by = administrators.check(caller);
        int closed = hub.connections().kick(connection -> connection.id().equals(id), by);
        if (closed == 0) {
            throw new ProtocolException(ErrorCode.UNKNOWN_CONNECTION, "no connection of that id is open on this node");
        }
        return Answer.closed(200, closed);
    }

    private static Predicate<Connection> meant(@Nullable String user, @Nullable String token) {
        return connection -> (user == null || user.equals(connection.client().user()))
                && (token == null
                        || token.equals(connection.client().credential().id()));
    }
}
