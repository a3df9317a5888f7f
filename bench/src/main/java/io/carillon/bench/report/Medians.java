package io.carillon.bench.report;

import io.carillon.bench.Results;
import io.carillon.bench.generator.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured of one thing, however often: figures are medians, faults are sums. */
final class Medians {
    private static final List<String> FAULTS = List.of("lost", "duplicated", "reordered", "foreign");

    private final List<Figures> rounds;

    private Medians(List<Figures> rounds) {
        this.rounds = rounds;
    }

    static Medians of(Results results, String peer, String workload, String variant, String parameters) {
        return new Medians(results.of(peer, workload, variant)
                .filter(one -> one.text("parameters").equals(parameters))
                .toList());
    }

    boolean exist() {
        return !rounds.isEmpty();
    }

    /** NaN if it was not measured. */
    double figure(String name) {
        double[] sorted = rounds.stream()
                .mapToDouble(one -> one.number(name))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A figure for people, with so many digits after the point. */
    String text(String name, int digits) {
        return text(figure(name), digits);
    }

    static String text(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "";
    }

    /** Several, with slashes between them. */
    String texts(int digits, String... names) {
        String text = String.join(
                " / ", Arrays.stream(names).map(name -> text(name, digits)).toList());
        return exist() ? text : "";
    }

    /** "none", or how many were lost, came twice, came late, came to a stranger; and what gaps have told, which is no fault. */
    String faults() {
        if (!exist()) {
            return "";
        }
        List<Long> counts = FAULTS.stream().map(this::sum).toList();
        String faults = counts.stream().allMatch(count -> count == 0)
                ? "none"
                : counts.get(0) + " / " + counts.get(1) + " / " + counts.get(2) + " / " + counts.get(3);
        return sum("gaps") == 0 ? faults : faults + "; " + sum("gapped") + " in " + sum("gaps") + " gaps";
    }

    private long sum(String name) {
        return (long) rounds.stream()
                .mapToDouble(one -> one.number(name))
                .filter(Double::isFinite)
                .sum();
    }
}
