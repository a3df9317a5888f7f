package io.carillon.admin;

import io.carillon.auth.Identity;
import io.carillon.core.ChannelFigures;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.LogLine;
import io.carillon.protocol.Channels;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import io.carillon.rest.Page;
import io.carillon.rest.Query;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code v1/admin/channels}: those that this node knows; list them, or have one forget what it retains. */
@Path("admin/channels")
@ApplicationScoped
public class ChannelsResource {
    private static final System.Logger LOG = System.getLogger(ChannelsResource.class.getName());
    private static final int MOST = 1000;
    private static final int USUAL = 100;

    private static final Comparator<ChannelFigures> BY_NAME = Comparator.comparing(ChannelFigures::name);
    private static final Map<String, Comparator<ChannelFigures>> ORDERS = Map.of(
            "name", BY_NAME,
            "rate", Comparator.comparingDouble(ChannelFigures::rate).reversed().thenComparing(BY_NAME),
            "subscribers",
                    Comparator.comparingInt(ChannelFigures::subscribers)
                            .reversed()
                            .thenComparing(BY_NAME),
            "retained",
                    Comparator.comparingInt(ChannelFigures::retained).reversed().thenComparing(BY_NAME),
            "newest",
                    Comparator.comparingLong(ChannelFigures::newest).reversed().thenComparing(BY_NAME));
    private static final List<String> SORTS = List.of("name", "rate", "subscribers", "retained", "newest");

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Administrators administrators;

    /**
     * A page of them, and how many there are.
     *
     * @param exactly only the one of that name
     * @param text that the name contains
     * @param sort by name, or by one of the figures, the largest first; {@code subscribers} leaves patterns out of account
     */
    @GET
    public Response list(
            @QueryParam("channel") @Nullable String exactly,
            @QueryParam("q") @Nullable String text,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("offset") @Nullable String offset,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext caller) {
        administrators.check(caller);
        Comparator<ChannelFigures> order = ORDERS.getOrDefault(Query.word("sort", sort, SORTS), BY_NAME);
        Page page = Page.of(offset, limit, USUAL, MOST);
        List<ChannelFigures> meant = new ArrayList<>(hub.channels(
                name -> (exactly == null || name.equals(exactly)) && (text == null || name.contains(text))));
        meant.sort(order);
        return page.answer("channels", meant, 160, this::write);
    }

    private void write(WireWriter to, ChannelFigures channel) {
        to.ascii("{\"channel\":").string(channel.name()).ascii(",\"rate\":");
        FiguresJson.decimal(to, channel.rate());
        to.ascii(",\"subscribers\":").number(hub.subscribers(channel.name()));
        to.ascii(",\"retained\":").number(channel.retained());
        to.ascii(",\"floor\":").number(channel.floor());
        to.ascii(",\"newest\":").number(channel.newest());
        to.ascii(",\"last\":").number(channel.last()).ascii('}');
    }

    /** It forgets what it retains, for good. Who is subscribed stays; whoever resumes from before hears of a gap. */
    @DELETE
    @Path("{channel}")
    public Response forget(@PathParam("channel") String name, @Context SecurityContext caller) {
        Identity by = administrators.check(caller);
        ChannelName channel = Channels.toPublishTo(name);
        int forgotten = hub.forget(channel);
        LOG.log(
                System.Logger.Level.INFO,
                LogLine.of("channel.forgotten")
                        .with("by", by)
                        .with("channel", channel.value())
                        .with("count", forgotten)
                        .say("an operator has deleted what a channel retained"));
        WireWriter to = new WireWriter(96).ascii("{\"channel\":").string(channel.value());
        return JsonAnswer.of(200, to.ascii(",\"forgotten\":").number(forgotten).ascii('}'));
    }
}
