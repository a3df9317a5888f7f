package io.carillon.faults;

import java.time.Duration;
import java.util.Arrays;

/** From the publisher's call to the subscriber's read, with the time of the call. Safe for concurrent use. */
final class Latencies {
    private long[] sent = new long[1024];
    private long[] took = new long[1024];
    private int size;

    synchronized void add(long sentAt, long now) {
        if (size == sent.length) {
            sent = Arrays.copyOf(sent, size * 2);
            took = Arrays.copyOf(took, size * 2);
        }
        sent[size] = sentAt;
        took[size] = now - sentAt;
        size++;
    }

    /** Of what was sent in that span of {@link System#nanoTime()}, such that the fraction is not slower. */
    synchronized Duration percentile(double fraction, long from, long to) {
        long[] some = new long[size];
        int n = 0;
        for (int i = 0; i < size; i++) {
            if (sent[i] - from >= 0 && sent[i] - to < 0) {
                some[n++] = took[i];
            }
        }
        if (n == 0) {
            throw new IllegalStateException("nothing was measured in that time");
        }
        Arrays.sort(some, 0, n);
        return Duration.ofNanos(some[Math.min(n - 1, (int) Math.ceil(fraction * n))]);
    }
}
