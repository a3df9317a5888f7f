package io.carillon.admin;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** {@code v1/admin/configuration}: every key with the value that is in force. A secret is shown as {@code ***}. */
@Path("admin/configuration")
@ApplicationScoped
public class ConfigurationResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    @GET
    public Response configuration(@Context SecurityContext caller) {
        administrators.check(caller);
        WireWriter to = new WireWriter(16384).ascii("{\"keys\":");
        return JsonAnswer.of(200, to.array(List.of(Key.values()), this::write).ascii('}'));
    }

    private void write(WireWriter to, Key key) {
        to.ascii("{\"key\":").string(key.key());
        to.ascii(",\"value\":").string(config.shown(key));
        to.ascii(",\"default\":").string(key.defaultText());
        to.ascii(",\"changed\":").bool(!config.text(key).equals(key.defaultText()));
        to.ascii(",\"allowed\":").string(key.allowed());
        to.ascii(",\"doc\":").string(key.doc()).ascii('}');
    }
}
