package io.carillon.bench.generator;

import java.util.Arrays;

/**
 * Holds what each subscriber receives against what was published: each publication of its channel once, in order, but for what a gap
 * has told it that it would miss. Keeps 24 bytes a subscriber. Not safe for concurrent use.
 *
 * <p>It remembers the last 64 numbers of each subscriber. What is older than that counts as reordered, as nobody can tell any more.
 */
public final class Checker {
    private static final int REMEMBERED = 64;

    private final int[] last;
    private final long[] seen;
    private final int[] missed;
    private final long[] excused;
    private long deliveries;
    private long unique;
    private long holes;
    private long gaps;
    private long gapped;
    private long duplicated;
    private long reordered;
    private long foreign;

    /** @param first the number that each subscriber receives first */
    public Checker(int subscribers, int first) {
        last = new int[subscribers];
        seen = new long[subscribers];
        missed = new int[subscribers];
        excused = new long[subscribers];
        Arrays.fill(last, first - 1);
        Arrays.fill(seen, -1);
    }

    /** A publication has arrived that is none of the subscriber's channel. */
    public void foreign() {
        foreign++;
    }

    /**
     * The subscriber was told that something is missing, before or after what follows it.
     *
     * @param ids of the hub that the gap spans: so many publications if it has no other channel, and at most so many if it has
     */
    public void gap(int subscriber, long ids) {
        gaps++;
        missing(subscriber, 0, Math.max(0, ids));
    }

    /** More that has not come, or less; and more that was told. What is both counts as {@link #gapped}. */
    private void missing(int subscriber, int more, long told) {
        gapped -= Math.min(missed[subscriber], excused[subscriber]);
        missed[subscriber] += more;
        excused[subscriber] += told;
        gapped += Math.min(missed[subscriber], excused[subscriber]);
        holes += more;
    }

    /** The publication with that number of the subscriber's channel has arrived. */
    public void delivered(int subscriber, int sequence) {
        deliveries++;
        int step = sequence - last[subscriber];
        if (step > 0) {
            seen[subscriber] = (step < REMEMBERED ? seen[subscriber] << step : 0) | 1;
            last[subscriber] = sequence;
            unique++;
            if (step > 1) {
                missing(subscriber, step - 1, 0);
            }
        } else {
            late(subscriber, -step);
        }
    }

    private void late(int subscriber, int back) {
        if (back >= REMEMBERED) {
            reordered++;
        } else if ((seen[subscriber] >>> back & 1) == 1) {
            duplicated++;
        } else {
            seen[subscriber] |= 1L << back;
            missing(subscriber, -1, 0);
            unique++;
            reordered++;
        }
    }

    /** Whether the subscriber has received everything below that number, or something after it. */
    boolean reached(int subscriber, int published) {
        return last[subscriber] >= published - 1;
    }

    /**
     * What is missing and no gap has told, if that many have been published in the subscribers' channels.
     *
     * @param published by channel; the channel of a subscriber is its number modulo the number of channels
     */
    public long lost(int[] published) {
        long lost = holes - gapped;
        for (int i = 0; i < last.length; i++) {
            lost += Math.max(0, published[i % published.length] - 1 - last[i]);
        }
        return lost;
    }

    /** How many publications the subscriber that is furthest behind has not received yet. */
    int furthestBehind(int[] published) {
        int most = 0;
        for (int i = 0; i < last.length; i++) {
            most = Math.max(most, published[i % published.length] - 1 - last[i]);
        }
        return most;
    }

    /** Gaps that were told. */
    public long gaps() {
        return gaps;
    }

    /** Publications that are missing and covered by a gap, of all before the newest that the subscriber has received. */
    public long gapped() {
        return gapped;
    }

    /** All that arrived. */
    public long deliveries() {
        return deliveries;
    }

    /** All that arrived for the first time. */
    public long unique() {
        return unique;
    }

    public long duplicated() {
        return duplicated;
    }

    public long reordered() {
        return reordered;
    }

    public long foreignCount() {
        return foreign;
    }
}
