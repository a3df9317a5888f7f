package io.carillon.core;

import java.time.Duration;

/**
 * How much of a channel is kept for those who come back; whatever of the three is exceeded first, the oldest goes.
 *
 * @param count publications
 * @param age time since the log took them; applied by the sweep, so with its grain
 * @param bytes their size as {@link Publication#bytes()} counts it
 */
public record Retention(int count, Duration age, long bytes) {
    public Retention {
        if (count < 0 || age.isNegative() || bytes < 0) {
            throw new IllegalArgumentException("retention must not be negative: " + count + ", " + age + ", " + bytes);
        }
    }
}
