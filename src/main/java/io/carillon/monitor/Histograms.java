package io.carillon.monitor;

import io.carillon.core.HubFigures;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.Supplier;

/** The hub's histograms. Micrometer has no meter for one that somebody else has counted, so Prometheus gets them directly. */
final class Histograms implements MultiCollector {
    static final String FAN_OUT_LAG = "carillon_fanout_lag_seconds";
    static final String LOG_APPEND = "carillon_log_append_seconds";

    private final Supplier<HubFigures> figures;

    Histograms(Supplier<HubFigures> figures) {
        this.figures = figures;
    }

    @Override
    public MetricSnapshots collect() {
        HubFigures now = figures.get();
        return MetricSnapshots.of(
                histogram(
                        FAN_OUT_LAG,
                        "From visible to the last subscriber's write begun, once a pass of the fan-out.",
                        now.fanOutLag()),
                histogram(
                        LOG_APPEND,
                        "How long the log took for the batch of a request.",
                        now.publishing().append()));
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(FAN_OUT_LAG, LOG_APPEND);
    }

    private static HistogramSnapshot histogram(String name, String help, HubFigures.Durations durations) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        double[] bounds = durations.bounds();
        for (int i = 0; i < bounds.length; i++) {
            buckets.bucket(bounds[i], durations.counts()[i]);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, durations.counts()[bounds.length]);
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(durations.sum())
                        .build())
                .build();
    }
}
