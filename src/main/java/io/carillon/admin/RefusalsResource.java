package io.carillon.admin;

import io.carillon.auth.Refusals;
import io.carillon.core.Labels;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;

/** {@code v1/admin/refusals}: what was refused since the start, and why. */
@Path("admin/refusals")
@ApplicationScoped
public class RefusalsResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Refusals refusals;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    /** Only what has happened. */
    @GET
    public Response refusals(@Context SecurityContext caller) {
        administrators.check(caller);
        List<Refused> all = new ArrayList<>();
        for (Refusals.What what : Refusals.What.values()) {
            for (ErrorCode why : ErrorCode.values()) {
                long count = refusals.sum(what, why);
                if (count > 0) {
                    all.add(new Refused(what, why, count));
                }
            }
        }
        WireWriter to = new WireWriter(512).ascii("{\"refusals\":");
        return JsonAnswer.of(200, to.array(all, RefusalsResource::write).ascii('}'));
    }

    private record Refused(Refusals.What what, ErrorCode why, long count) {}

    private static void write(WireWriter to, Refused one) {
        to.ascii("{\"what\":").string(Labels.of(one.what));
        to.ascii(",\"reason\":").string(one.why.slug());
        to.ascii(",\"status\":").number(one.why.status());
        to.ascii(",\"title\":").string(one.why.title());
        to.ascii(",\"count\":").number(one.count).ascii('}');
    }
}
