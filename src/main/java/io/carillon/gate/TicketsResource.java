package io.carillon.gate;

import io.carillon.auth.Tickets;
import io.carillon.auth.Visitor;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code POST v1/tickets}: what a page puts into the address of an EventSource or a WebSocket, which take no headers. */
@Path("tickets")
@ApplicationScoped
public class TicketsResource {
    private static final int CREATED = 201;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Tickets tickets;

    @POST
    public Response issue(@Context SecurityContext caller) {
        String ticket = tickets.issue(Visitor.of(caller.getUserPrincipal()).identity());
        WireWriter body = new WireWriter(96).ascii("{\"ticket\":").string(ticket);
        body.ascii(",\"seconds\":").number(Tickets.LIFE.toSeconds()).ascii('}');
        return JsonAnswer.of(CREATED, body);
    }
}
