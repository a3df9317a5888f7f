package io.carillon.admin;

import io.carillon.core.HubFigures;
import io.carillon.core.HubFigures.Traffic;
import io.carillon.core.Labels;
import io.carillon.core.LogHealth;
import io.carillon.protocol.WireWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Figures as the console has them. */
final class FiguresJson {
    private FiguresJson() {}

    /** One record: how it is now, what the last second was like, and what has come together since the start. */
    static WireWriter now(WireWriter to, HubFigures figures, @Nullable Sample second) {
        to.ascii("{\"time\":").number(figures.millis());
        to.ascii(",\"node\":").string(figures.node());
        to.ascii(",\"accepting\":").bool(figures.accepting());
        to.ascii(",\"uptime\":").number(ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        to.ascii(",\"head\":").number(figures.head());
        counts(to, "connections", figures.transports(), Traffic::open);
        use(to, figures.use());
        second(to, second);
        totals(to, figures);
        log(to, figures.log());
        return to.ascii('}');
    }

    private static void use(WireWriter to, HubFigures.Use use) {
        to.ascii(",\"use\":{\"connections\":").number(use.connections());
        to.ascii(",\"maxConnections\":").number(use.maxConnections());
        to.ascii(",\"channels\":").number(use.channels());
        to.ascii(",\"maxChannels\":").number(use.maxChannels());
        to.ascii(",\"patterns\":").number(use.patterns());
        to.ascii(",\"maxPatterns\":").number(use.maxPatterns());
        to.ascii(",\"bytes\":").number(use.bytes());
        to.ascii(",\"maxBytes\":").number(use.maxBytes());
        to.ascii(",\"heap\":").number(Recorder.heap());
        to.ascii(",\"maxHeap\":").number(Runtime.getRuntime().maxMemory()).ascii('}');
    }

    private static void second(WireWriter to, @Nullable Sample second) {
        to.ascii(",\"second\":");
        if (second == null) {
            to.ascii("null");
            return;
        }
        to.ascii("{\"published\":");
        decimal(to, second.published());
        to.ascii(",\"delivered\":");
        decimal(to, second.delivered());
        to.ascii(",\"lag\":");
        decimal(to, second.lag());
        to.ascii(",\"append\":");
        decimal(to, second.append());
        to.ascii(",\"refused\":");
        decimal(to, second.refused());
        to.ascii(",\"gaps\":");
        decimal(to, second.gaps());
        to.ascii('}');
    }

    private static void totals(WireWriter to, HubFigures figures) {
        to.ascii(",\"opened\":").number(figures.opened());
        to.ascii(",\"published\":").number(figures.publishing().accepted());
        to.ascii(",\"duplicates\":").number(figures.publishing().duplicates());
        to.ascii(",\"delivered\":").number(figures.delivered());
        to.ascii(",\"gaps\":").number(figures.gaps());
        counts(to, "closed", figures.closed(), Long::longValue);
        counts(to, "evicted", figures.evicted(), Long::longValue);
        counts(to, "refused", figures.publishing().refused(), Long::longValue);
    }

    private static <E extends Enum<E>, F> void counts(
            WireWriter to, String name, Map<E, F> figures, ToLongFunction<F> count) {
        to.ascii(",\"").ascii(name).ascii("\":{");
        String separator = "";
        for (Map.Entry<E, F> one : figures.entrySet()) {
            to.ascii(separator).string(Labels.of(one.getKey())).ascii(':').number(count.applyAsLong(one.getValue()));
            separator = ",";
        }
        to.ascii('}');
    }

    private static void log(WireWriter to, LogHealth log) {
        to.ascii(",\"log\":{\"usable\":").bool(log.usable());
        to.ascii(",\"failure\":").stringOrNull(log.failure());
        to.ascii(",\"full\":").bool(log.full());
        to.ascii(",\"bytes\":").number(log.bytes());
        to.ascii(",\"segments\":").number(log.segments());
        to.ascii(",\"lastSync\":").number(log.lastSync());
        to.ascii(",\"unsynced\":").number(log.unsynced()).ascii('}');
    }

    /** Samples in columns, the oldest first. */
    static void columns(WireWriter to, List<Sample> samples) {
        to.ascii('{');
        column(to, "time", samples, Sample::time);
        column(to.ascii(','), "websocket", samples, Sample::webSocket);
        column(to.ascii(','), "sse", samples, Sample::sse);
        column(to.ascii(','), "long-poll", samples, Sample::longPoll);
        column(to.ascii(','), "published", samples, Sample::published);
        column(to.ascii(','), "delivered", samples, Sample::delivered);
        column(to.ascii(','), "lag", samples, Sample::lag);
        column(to.ascii(','), "append", samples, Sample::append);
        column(to.ascii(','), "heap", samples, Sample::heap);
        column(to.ascii(','), "refused", samples, Sample::refused);
        column(to.ascii(','), "gaps", samples, Sample::gaps);
        to.ascii('}');
    }

    private static void column(WireWriter to, String name, List<Sample> samples, ToDoubleFunction<Sample> value) {
        to.string(name).ascii(':').array(samples, (into, one) -> decimal(into, value.applyAsDouble(one)));
    }

    /** With two digits after the point where there are any; not negative. */
    static void decimal(WireWriter to, double value) {
        long hundredths = Math.max(0, Math.round(value * 100));
        to.number(hundredths / 100);
        long rest = hundredths % 100;
        if (rest > 0) {
            to.ascii('.').ascii((char) ('0' + rest / 10));
            if (rest % 10 > 0) {
                to.ascii((char) ('0' + rest % 10));
            }
        }
    }
}
