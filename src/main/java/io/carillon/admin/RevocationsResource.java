package io.carillon.admin;

import io.carillon.auth.Identity;
import io.carillon.auth.Revocations;
import io.carillon.core.HubClock;
import io.carillon.core.LogLine;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import io.carillon.rest.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code v1/admin/revocations}: whose credentials do not count any more. */
@Path("admin/revocations")
@ApplicationScoped
public class RevocationsResource {
    private static final System.Logger LOG = System.getLogger(RevocationsResource.class.getName());
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int CREATED = 201;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Revocations revocations;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Expulsion expulsion;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    @GET
    public Response list(@Context SecurityContext caller) {
        administrators.check(caller);
        List<Revoked> all = new ArrayList<>();
        revocations.subjects().forEach((name, until) -> all.add(new Revoked("user", name, until)));
        revocations.tokens().forEach((name, until) -> all.add(new Revoked("token", name, until)));
        WireWriter to = new WireWriter(256).ascii("{\"revocations\":");
        return JsonAnswer.of(200, to.array(all, RevocationsResource::write).ascii('}'));
    }

    private record Revoked(String kind, String name, long until) {}

    private static void write(WireWriter to, Revoked one) {
        to.ascii("{\"").ascii(one.kind).ascii("\":").string(one.name);
        to.ascii(",\"until\":").number(one.until).ascii('}');
    }

    /**
     * Refuses a user or a token from now on, and ends what it has open.
     *
     * @param seconds for how long: at least until the token expires
     */
    @POST
    public Response revoke(
            @QueryParam("user") @Nullable String user,
            @QueryParam("token") @Nullable String token,
            @QueryParam("seconds") @Nullable String seconds,
            @Context SecurityContext caller) {
        Identity by = administrators.check(caller);
        long until = HubClock.SYSTEM.millis() + duration(seconds).toMillis();
        if (isUser(user, token)) {
            revocations.revokeSubject(String.valueOf(user), until);
        } else {
            revocations.revokeToken(String.valueOf(token), until);
        }
        log("credentials.revoked", user, token, by);
        return Answer.closed(CREATED, expulsion.closeRevoked());
    }

    /** Lets it count again. */
    @DELETE
    public Response restore(
            @QueryParam("user") @Nullable String user,
            @QueryParam("token") @Nullable String token,
            @Context SecurityContext caller) {
        Identity by = administrators.check(caller);
        boolean there = isUser(user, token)
                ? revocations.restoreSubject(String.valueOf(user))
                : revocations.restoreToken(String.valueOf(token));
        if (!there) {
            throw new ProtocolException(ErrorCode.NOT_FOUND, "this is not revoked");
        }
        log("credentials.restored", user, token, by);
        return JsonAnswer.of(200, new WireWriter(32).ascii("{\"status\":\"restored\"}"));
    }

    /** Of a token only its {@code jti} is ever known here. */
    private static void log(String event, @Nullable String user, @Nullable String token, Identity by) {
        LogLine line = LogLine.of(event).with("by", by);
        LOG.log(
                System.Logger.Level.INFO,
                (user == null ? line.with("jti", token) : line.with("user", user)).toString());
    }

    private static boolean isUser(@Nullable String user, @Nullable String token) {
        if ((user == null) == (token == null)) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "say whose: either user= or token=");
        }
        return user != null;
    }

    private static Duration duration(@Nullable String seconds) {
        return Duration.ofSeconds(Query.integer("seconds", seconds, 1, (int) LONGEST.toSeconds()));
    }
}
