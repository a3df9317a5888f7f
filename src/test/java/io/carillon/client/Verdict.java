package io.carillon.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one connection got, held against what it should have got.
 *
 * @param missing expected and not received
 * @param twice received again
 * @param outOfOrder received after a newer one
 * @param foreign received and not expected
 */
public record Verdict(List<Long> missing, List<Long> twice, List<Long> outOfOrder, List<Long> foreign) {

    public static Verdict of(Collection<Long> expected, Collection<Long> received) {
        Set<Long> missing = new LinkedHashSet<>(expected);
        Set<Long> seen = new HashSet<>();
        List<Long> twice = new ArrayList<>();
        List<Long> outOfOrder = new ArrayList<>();
        List<Long> foreign = new ArrayList<>();
        long newest = Long.MIN_VALUE;
        for (long id : received) {
            if (!seen.add(id)) {
                twice.add(id);
                continue;
            }
            if (!missing.remove(id)) {
                foreign.add(id);
            }
            if (id < newest) {
                outOfOrder.add(id);
            }
            newest = Math.max(newest, id);
        }
        return new Verdict(List.copyOf(missing), twice, outOfOrder, foreign);
    }

    public boolean exact() {
        return missing.isEmpty() && twice.isEmpty() && outOfOrder.isEmpty() && foreign.isEmpty();
    }

    @Override
    public String toString() {
        return exact()
                ? "exact"
                : "missing " + some(missing) + ", twice " + some(twice) + ", out of order " + some(outOfOrder)
                        + ", foreign " + some(foreign);
    }

    private static String some(List<Long> ids) {
        return ids.size() <= 5 ? ids.toString() : ids.size() + ": " + ids.subList(0, 5) + "...";
    }
}
