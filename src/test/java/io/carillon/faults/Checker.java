package io.carillon.faults;

import io.carillon.faults.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what subscribers saw against what publishers were told.
 *
 * <p>For every subscriber: what was acknowledged in its channels after its first cursor was delivered or covered by a gap;
 * nothing twice; no older id after a newer one; nothing that nobody sent. Between subscribers: an id is the same
 * publication for all, and what one got all got. What was never acknowledged may appear or not, for all alike.
 *
 * <p>To be asked when all subscribers have come to the end.
 */
final class Checker {
    /** Findings of one kind that are kept word for word. */
    private static final int TOLD = 5;

    private final Ledger ledger;
    private final boolean gapsAllowed;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Finding> findings = new ArrayList<>();
    /** By channel and number: its id, from an answer or from whoever saw it; 0 when nobody has. */
    private final Map<String, long[]> truth = new HashMap<>();

    private Checker(Ledger ledger, boolean gapsAllowed) {
        this.ledger = ledger;
        this.gapsAllowed = gapsAllowed;
    }

    /** @param gapsAllowed false where nothing may be missing: then a gap is a finding, too */
    static Verdict check(Ledger ledger, List<Trail> trails, boolean gapsAllowed) {
        return new Checker(ledger, gapsAllowed).check(trails);
    }

    private Verdict check(List<Trail> trails) {
        ledger.contradictions().forEach(what -> found(Kind.STORED_TWICE, "the hub", what));
        for (String channel : ledger.channels()) {
            truth.put(channel, ledger.answers(channel));
        }
        trails.forEach(this::learn);
        oneIdForOnePublication();
        long deliveries = 0;
        long gaps = 0;
        for (Trail trail : trails) {
            inOrderAndOnce(trail);
            complete(trail);
            deliveries += trail.size();
            gaps += trail.gaps().size();
        }
        return new Verdict(ledger.acknowledged(), ledger.unknown(), trails.size(), deliveries, gaps, counts, findings);
    }

    /** Everything that was seen was sent; learns the ids of what was never answered. */
    private void learn(Trail trail) {
        for (int i = 0; i < trail.size(); i++) {
            long[] ids = trail.channel(i) == null ? null : truth.get(trail.channel(i));
            int number = trail.number(i);
            if (ids == null || number < 0 || number >= ids.length) {
                found(Kind.PHANTOM, trail.toString(), "id " + trail.id(i) + " is nothing that was sent");
            } else if (ids[number] < 0) {
                found(Kind.PHANTOM, trail.toString(), name(trail, i) + " had been refused");
            } else if (ids[number] == 0) {
                ids[number] = trail.id(i);
            } else if (ids[number] != trail.id(i)) {
                found(Kind.STORED_TWICE, trail.toString(), name(trail, i) + " is also id " + ids[number]);
            }
        }
    }

    private void oneIdForOnePublication() {
        long[] all = truth.values().stream()
                .flatMapToLong(Arrays::stream)
                .filter(id -> id > 0)
                .sorted()
                .toArray();
        for (int i = 1; i < all.length; i++) {
            if (all[i] == all[i - 1]) {
                found(Kind.DIVERGED, "the hub", "id " + all[i] + " stands for two publications");
            }
        }
    }

    private void inOrderAndOnce(Trail trail) {
        Map<String, BitSet> seen = new HashMap<>();
        List<Trail.Told> gaps = trail.gaps();
        int gap = 0;
        long newest = trail.since();
        for (int i = 0; i < trail.size(); i++) {
            for (; gap < gaps.size() && gaps.get(gap).after() <= i; gap++) {
                if (gaps.get(gap).backward()) {
                    newest = gaps.get(gap).to();
                }
            }
            long id = trail.id(i);
            int number = trail.number(i);
            boolean again = number >= 0
                    && seen.computeIfAbsent(trail.channel(i), c -> new BitSet()).get(number);
            if (again) {
                found(Kind.DOUBLED, trail.toString(), name(trail, i));
            } else if (id <= newest) {
                found(Kind.REORDERED, trail.toString(), name(trail, i) + " came after " + newest);
            }
            if (number >= 0) {
                seen.get(trail.channel(i)).set(number);
            }
            newest = Math.max(newest, id);
        }
    }

    private void complete(Trail trail) {
        List<Trail.Told> gaps = trail.gaps();
        if (!gapsAllowed) {
            gaps.forEach(told -> found(Kind.GAP, trail.toString(), told.toString()));
        }
        Map<String, BitSet> seen = new HashMap<>();
        for (int i = 0; i < trail.size(); i++) {
            if (trail.number(i) >= 0) {
                seen.computeIfAbsent(trail.channel(i), c -> new BitSet()).set(trail.number(i));
            }
        }
        for (String channel : trail.channels()) {
            long[] ids = truth.getOrDefault(channel, new long[0]);
            long[] answers = ledger.answers(channel);
            BitSet got = seen.getOrDefault(channel, new BitSet());
            for (int n = got.nextClearBit(0); n < ids.length; n = got.nextClearBit(n + 1)) {
                long id = ids[n];
                if (id > trail.since() && gaps.stream().noneMatch(told -> told.covers(channel, id))) {
                    boolean acknowledged = answers[n] > 0;
                    found(
                            acknowledged ? Kind.LOST : Kind.DIVERGED,
                            trail.toString(),
                            channel + " number " + n + ", id " + id
                                    + (acknowledged ? " was acknowledged" : " came to others"));
                }
            }
        }
    }

    private static String name(Trail trail, int at) {
        return trail.channel(at) + " number " + trail.number(at) + ", id " + trail.id(at);
    }

    private void found(Kind kind, String who, String what) {
        if (counts.merge(kind, 1L, Long::sum) <= TOLD) {
            findings.add(new Finding(kind, who, what));
        }
    }
}
