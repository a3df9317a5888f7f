package io.carillon.bench.generator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was measured, by name, in the order in which it was said: text and numbers. */
public final class Figures {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Figures put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** With so many digits after the point. */
    public Figures put(String name, double value, int digits) {
        double finite = Double.isFinite(value) ? value : 0;
        return put(name, Double.valueOf(String.format(Locale.ROOT, "%." + digits + "f", finite)));
    }

    public Figures putAll(Figures other) {
        values.putAll(other.values);
        return this;
    }

    /** The usual percentiles in milliseconds, of what is counted in nanoseconds. */
    Figures percentiles(String prefix, Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return this;
        }
        put(prefix + "p50", nanos.getValueAtPercentile(50) / 1e6, 3);
        put(prefix + "p90", nanos.getValueAtPercentile(90) / 1e6, 3);
        put(prefix + "p99", nanos.getValueAtPercentile(99) / 1e6, 3);
        put(prefix + "p999", nanos.getValueAtPercentile(99.9) / 1e6, 3);
        return put(prefix + "max", nanos.getMaxValue() / 1e6, 3);
    }

    /** What each subscriber should have got and has not, or has got besides; and what gaps have told, which is no fault. */
    Figures faults(Checker checker, int[] published) {
        return put("lost", checker.lost(published))
                .put("duplicated", checker.duplicated())
                .put("reordered", checker.reordered())
                .put("foreign", checker.foreignCount())
                .put("gaps", checker.gaps())
                .put("gapped", checker.gapped());
    }

    /** How busy the server, the compilers in it, this process and the rest of the machine were: 1 is one processor. */
    Figures loads(Cpu used, double seconds) {
        put("server_load", used.server() / 1e9 / seconds, 2);
        put("compiler_load", used.compilers() / 1e9 / seconds, 2);
        put("generator_load", used.generator() / 1e9 / seconds, 2);
        return put("other_load", (used.machine() - used.server() - used.generator()) / 1e9 / seconds, 2);
    }

    public Map<String, Object> values() {
        return values;
    }

    public double number(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    public String text(String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
