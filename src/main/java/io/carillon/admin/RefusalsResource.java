package io.carillon.admin;

import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Refusals;
import io.carillon.auth.Visitor;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.WireWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code v1/admin/refusals}: what was refused since the start, and why. */
@Path("admin/refusals")
@ApplicationScoped
public class RefusalsResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Refusals refusals;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessPolicy policy;

    /** Only what has happened. */
    @GET
    public Response refusals(@Context SecurityContext caller) {
        policy.checkAdmin(Visitor.of(caller.getUserPrincipal()).identity());
        WireWriter to = new WireWriter(512).ascii("{\"refusals\":[");
        String separator = "";
        for (Refusals.What what : Refusals.What.values()) {
            for (ErrorCode why : ErrorCode.values()) {
                long count = refusals.sum(what, why);
                if (count > 0) {
                    to.ascii(separator).ascii("{\"what\":").string(FiguresJson.word(what));
                    to.ascii(",\"reason\":").string(why.slug());
                    to.ascii(",\"status\":").number(why.status());
                    to.ascii(",\"title\":").string(why.title());
                    to.ascii(",\"count\":").number(count).ascii('}');
                    separator = ",";
                }
            }
        }
        return Answer.json(200, to.ascii("]}"));
    }
}
