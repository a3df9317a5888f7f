package io.carillon.admin;

import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.protocol.WireWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code v1/admin/configuration}: every key with the value that is in force. A secret is shown as {@code ***}. */
@Path("admin/configuration")
@ApplicationScoped
public class ConfigurationResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessPolicy policy;

    @GET
    public Response configuration(@Context SecurityContext caller) {
        policy.checkAdmin(Visitor.of(caller.getUserPrincipal()).identity());
        WireWriter to = new WireWriter(16384).ascii("{\"keys\":[");
        String separator = "";
        for (Key key : Key.values()) {
            to.ascii(separator).ascii("{\"key\":").string(key.key());
            to.ascii(",\"value\":").string(config.shown(key));
            to.ascii(",\"default\":").string(key.defaultText());
            to.ascii(",\"changed\":").bool(!config.text(key).equals(key.defaultText()));
            to.ascii(",\"allowed\":").string(key.allowed());
            to.ascii(",\"doc\":").string(key.doc()).ascii('}');
            separator = ",";
        }
        return Answer.json(200, to.ascii("]}"));
    }
}
