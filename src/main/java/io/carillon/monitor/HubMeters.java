package io.carillon.monitor;

import io.carillon.auth.Refusals;
import io.carillon.core.CloseReason;
import io.carillon.core.HubFigures;
import io.carillon.core.HubFigures.Eviction;
import io.carillon.core.HubFigures.Refusal;
import io.carillon.core.HubFigures.Traffic;
import io.carillon.core.Labels;
import io.carillon.core.Transport;
import io.carillon.protocol.ErrorCode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The hub's figures as meters. Labels have few values, all known beforehand: no name of a channel, user or address is ever
 * one. docs/monitoring.md lists them.
 */
final class HubMeters implements MeterBinder {
    private final Supplier<HubFigures> figures;
    private final Refusals refusals;
    private final Build build;

    HubMeters(Supplier<HubFigures> figures, Refusals refusals, Build build) {
        this.figures = figures;
        this.refusals = refusals;
        this.build = build;
    }

    @Override
    public void bindTo(MeterRegistry to) {
        Meters meters = new Meters(to, figures);
        node(meters);
        connections(meters);
        publishing(meters);
        retention(meters);
        log(meters);
        refusals(to);
    }

    private void node(Meters to) {
        String node = figures.get().node();
        to.gauge(
                "carillon.build",
                "Always 1; the labels say which Carillon this is.",
                Tags.of("version", build.version(), "node", node),
                f -> 1);
        to.gauge(
                "carillon.ready",
                "1 when /health/ready is UP.",
                Tags.empty(),
                f -> Health.ready(f).up() ? 1 : 0);
    }

    private static void connections(Meters to) {
        for (Transport transport : Transport.values()) {
            Tags tags = Tags.of("transport", transport.label());
            to.gauge(
                    "carillon.connections",
                    "Open connections.",
                    tags,
                    f -> traffic(f, transport).open());
            to.counter(
                    "carillon.connections.opened",
                    "Connections opened.",
                    tags,
                    f -> traffic(f, transport).opened());
            to.counter(
                    "carillon.deliveries",
                    "Publications written: one for each connection that it went to.",
                    tags,
                    f -> traffic(f, transport).publications());
            to.counter(
                    "carillon.frames",
                    "Writes to connections.",
                    tags,
                    f -> traffic(f, transport).frames());
        }
        for (CloseReason.Kind kind : CloseReason.Kind.values()) {
            to.counter(
                    "carillon.connections.closed",
                    "Connections that ended.",
                    Tags.of("reason", Labels.of(kind)),
                    f -> of(f.closed(), kind));
        }
        to.gauge(
                "carillon.connections.limit",
                "carillon.connections",
                Tags.empty(),
                f -> f.use().maxConnections());
        to.counter("carillon.gaps", "Gaps told to connections.", Tags.empty(), HubFigures::gaps);
    }

    private static void publishing(Meters to) {
        Tags none = Tags.empty();
        to.counter(
                "carillon.publications.accepted",
                "Publications stored.",
                none,
                f -> f.publishing().accepted());
        to.counter(
                "carillon.publications.duplicate",
                "Publications answered from their key.",
                none,
                f -> f.publishing().duplicates());
        to.counter(
                "carillon.publications.bytes",
                "Data of the publications stored.",
                none,
                f -> f.publishing().bytes());
        for (Refusal why : Refusal.values()) {
            to.counter(
                    "carillon.publications.refused",
                    "Publications that the hub itself did not take.",
                    Tags.of("reason", Labels.of(why)),
                    f -> of(f.publishing().refused(), why));
        }
    }

    private static void retention(Meters to) {
        Tags none = Tags.empty();
        to.gauge(
                "carillon.retained.bytes",
                "What is retained and cached.",
                none,
                f -> f.use().bytes());
        to.gauge(
                "carillon.retained.limit.bytes",
                "carillon.memory",
                none,
                f -> f.use().maxBytes());
        to.gauge(
                "carillon.channels",
                "Channels that this node knows.",
                none,
                f -> f.use().channels());
        to.gauge(
                "carillon.channels.limit",
                "carillon.channels",
                none,
                f -> f.use().maxChannels());
        to.gauge("carillon.patterns", "Patterns in use.", none, f -> f.use().patterns());
        to.gauge(
                "carillon.patterns.limit",
                "carillon.patterns",
                none,
                f -> f.use().maxPatterns());
        for (Eviction why : Eviction.values()) {
            to.counter(
                    "carillon.evictions",
                    "Publications that are no longer retained.",
                    Tags.of("reason", Labels.of(why)),
                    f -> of(f.evicted(), why));
        }
    }

    private static void log(Meters to) {
        Tags none = Tags.empty();
        to.gauge(
                "carillon.log.bytes",
                "What the journal takes on its disk.",
                none,
                f -> f.log().bytes());
        to.gauge(
                "carillon.log.segments",
                "Files of the journal.",
                none,
                f -> f.log().segments());
        to.gauge(
                "carillon.log.failed",
                "1 when nothing is stored until a restart.",
                none,
                f -> f.log().usable() ? 0 : 1);
        to.gauge(
                "carillon.log.full",
                "1 when there is no room on the disk.",
                none,
                f -> f.log().full() ? 1 : 0);
        to.gauge(
                "carillon.log.last.sync.timestamp.seconds",
                "When the disk had everything for the last time; 0 is never.",
                none,
                f -> f.log().lastSync() / 1e3);
        to.gauge(
                "carillon.log.unsynced",
                "Ids given out that the disk need not have yet.",
                none,
                f -> f.log().unsynced());
    }

    private void refusals(MeterRegistry to) {
        for (Refusals.What what : Refusals.What.values()) {
            for (ErrorCode why : ErrorCode.values()) {
                FunctionCounter.builder("carillon.refusals", refusals, all -> all.sum(what, why))
                        .description("Requests, and messages of sockets, that were refused.")
                        .tags("what", Labels.of(what), "reason", why.slug())
                        .register(to);
            }
        }
    }

    private static Traffic traffic(HubFigures figures, Transport transport) {
        return figures.transports().getOrDefault(transport, new Traffic(0, 0, 0, 0));
    }

    private static <E> long of(Map<E, Long> figures, E one) {
        return figures.getOrDefault(one, 0L);
    }

    /** Meters that read the figures of the scrape. */
    private record Meters(MeterRegistry registry, Supplier<HubFigures> figures) {
        void gauge(String name, String help, Tags tags, ToDoubleFunction<HubFigures> what) {
            Gauge.builder(name, figures, from -> what.applyAsDouble(from.get()))
                    .description(help)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }

        void counter(String name, String help, Tags tags, ToDoubleFunction<HubFigures> what) {
            FunctionCounter.builder(name, figures, from -> what.applyAsDouble(from.get()))
                    .description(help)
                    .tags(tags)
                    .register(registry);
        }
    }
}
