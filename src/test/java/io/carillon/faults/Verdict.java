package io.carillon.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the checker says.
 *
 * @param acknowledged publications, each checked against each subscriber of its channel
 * @param unknown publications without an answer, which may or may not appear
 * @param deliveries that were held against them
 * @param gaps that subscribers were told of
 * @param counts of broken promises
 * @param findings the first of each kind
 */
record Verdict(
        long acknowledged,
        long unknown,
        int subscribers,
        long deliveries,
        long gaps,
        Map<Finding.Kind, Long> counts,
        List<Finding> findings) {

    boolean clean() {
        return counts.isEmpty();
    }

    long count(Finding.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** One line of figures. */
    String figures() {
        return acknowledged + " acknowledged (" + unknown + " unanswered) x their " + subscribers + " subscribers, "
                + deliveries + " deliveries, " + gaps + " gaps; lost " + count(Finding.Kind.LOST) + ", doubled "
                + (count(Finding.Kind.DOUBLED) + count(Finding.Kind.STORED_TWICE)) + ", reordered "
                + count(Finding.Kind.REORDERED) + ", phantom " + count(Finding.Kind.PHANTOM) + ", diverged "
                + count(Finding.Kind.DIVERGED);
    }

    @Override
    public String toString() {
        return figures()
                + (clean()
                        ? ""
                        : "\n" + new TreeMap<>(counts) + "\n"
                                + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
}
