package io.carillon.auth;

/**
 * How often something may happen: so many times a second, and more at once after a rest. It remembers one moment
 * only, up to which everything has been used up (the "generic cell rate algorithm").
 *
 * <p>Not safe for concurrent use; {@link Rate} has one for each name.
 */
public final class Pace {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long most;
    private long usedUpTo;
    private boolean used;

    /**
     * @param perSecond more than 0
     * @param burst at once, after a rest; at least 1
     */
    public Pace(double perSecond, int burst) {
        this.interval = Math.max(1, (long) (SECOND / perSecond));
        this.most = burst * interval;
    }

    /**
     * Takes so many of them, or none.
     *
     * @param now monotonic nanoseconds
     * @return false when they are too many for now
     */
    public boolean take(long now, int times) {
        long from = used && usedUpTo - now > 0 ? usedUpTo : now;
        long upTo = from + times * interval;
        if (upTo - now > most) {
            return false;
        }
        usedUpTo = upTo;
        used = true;
        return true;
    }

    /** True when it is as good as new. */
    boolean rested(long now) {
        return usedUpTo - now <= 0;
    }
}
