package io.carillon.monitor;

import io.carillon.auth.Refusals;
import io.carillon.core.Hub;
import io.carillon.core.HubFigures;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hub's figures and the JVM's in Prometheus' text. All of the hub's in one answer are of one moment.
 *
 * <p>Safe for concurrent use under its monitor: one scrape at a time. To be closed, or the JVM's collectors keep telling it of
 * their work, and with it keep the whole application of a former deployment.
 */
final class Metrics implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Hub hub;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collectors = new JvmGcMetrics();
    private HubFigures now;

    /** Held here: Micrometer holds what its counters ask weakly. */
    private final Supplier<HubFigures> figures = this::now;

    Metrics(Hub hub, Refusals refusals, Build build) {
        this.hub = hub;
        this.now = hub.figures();
        new HubMeters(figures, refusals, build).bindTo(registry);
        registry.getPrometheusRegistry().register(new Histograms(figures));
        List<MeterBinder> jvm = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                collectors,
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        jvm.forEach(one -> one.bindTo(registry));
    }

    private HubFigures now() {
        return now;
    }

    /** @param accept the request's header: OpenMetrics for who names it, else the text of old */
    synchronized Page scrape(@Nullable String accept) throws IOException {
        now = hub.figures();
        String type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        ByteArrayOutputStream body = new ByteArrayOutputStream(32 << 10);
        registry.scrape(body, type);
        return new Page(type, body.toByteArray());
    }

    @Override
    public synchronized void close() {
        collectors.close();
        registry.close();
    }
}
