package io.carillon.admin;

import io.carillon.core.Hub;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import io.carillon.rest.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code v1/admin/figures}: how this node is, and how it was. What comes after is on the channel {@code $console}. */
@Path("admin/figures")
@ApplicationScoped
public class FiguresResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Recorder recorder;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    /**
     * How it is now, and the samples until then.
     *
     * @param seconds that the samples reach back: an hour at most, and by default
     */
    @GET
    public Response figures(@QueryParam("seconds") @Nullable String seconds, @Context SecurityContext caller) {
        administrators.check(caller);
        List<Sample> samples = recorder.last(Query.integer("seconds", seconds, Recorder.SECONDS, 1, Recorder.SECONDS));
        WireWriter to = new WireWriter(2048 + 96 * samples.size()).ascii("{\"now\":");
        FiguresJson.now(to, hub.figures(), recorder.newest());
        FiguresJson.columns(to.ascii(",\"samples\":"), samples);
        return JsonAnswer.of(200, to.ascii('}'));
    }
}
