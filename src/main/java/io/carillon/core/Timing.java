package io.carillon.core;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in fixed buckets. To record one costs a search of sixteen bounds and two additions; it allocates nothing.
 * Safe for concurrent use, without locks: a {@link #figures} that is read meanwhile may miss what is being added.
 */
final class Timing {
    private static final long[] BOUNDS = Arrays.stream(new long[] {
                100,
                250,
                500,
                1_000,
                2_500,
                5_000,
                10_000,
                25_000,
                50_000,
                100_000,
                250_000,
                500_000,
                1_000_000,
                2_500_000,
                5_000_000,
                10_000_000
            })
            .map(TimeUnit.MICROSECONDS::toNanos)
            .toArray();

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder sum = new LongAdder();

    Timing() {
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    /** One more; what the clock made negative counts as nothing. */
    void record(long nanos) {
        long positive = Math.max(0, nanos);
        int place = Arrays.binarySearch(BOUNDS, positive);
        buckets[place < 0 ? -place - 1 : place].increment();
        sum.add(positive);
    }

    HubFigures.Durations figures() {
        double[] bounds = new double[BOUNDS.length];
        Arrays.setAll(bounds, i -> BOUNDS[i] / 1e9);
        long[] counts = new long[buckets.length];
        Arrays.setAll(counts, i -> buckets[i].sum());
        return new HubFigures.Durations(bounds, counts, sum.sum() / 1e9);
    }
}
