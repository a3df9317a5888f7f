package io.carillon.remote;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: exponential, with full jitter, so that many do not come back in one moment. */
final class BackOff {
    private static final long FIRST_MILLIS = 200;
    private static final long MOST_MILLIS = 10_000;

    private int failures;

    /** After one more failure. */
    Duration next() {
        long ceiling = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }

    void reset() {
        failures = 0;
    }
}
