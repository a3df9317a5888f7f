package io.carillon.admin;

import io.carillon.auth.Identity;
import io.carillon.auth.Visitor;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code v1/admin/visitor}: who is asking, so that the console knows whether it has to ask for a token. For everybody. */
@Path("admin/visitor")
@ApplicationScoped
public class VisitorResource {
    @GET
    public Response visitor(@Context SecurityContext caller) {
        Identity who = Visitor.of(caller.getUserPrincipal()).identity();
        WireWriter to =
                new WireWriter(64).ascii("{\"admin\":").bool(who.permissions().admin());
        return JsonAnswer.of(
                200, to.ascii(",\"user\":").stringOrNull(who.subject()).ascii('}'));
    }
}
