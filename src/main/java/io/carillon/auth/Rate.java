package io.carillon.auth;

import io.carillon.core.HubClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link Pace} for each of many names. Safe for concurrent use. Those that have rested are forgotten. */
final class Rate {
    private static final int MANY = 10_000;

    private final double perSecond;
    private final int burst;
    private final HubClock clock;
    private final Map<String, Pace> byName = new ConcurrentHashMap<>();

    Rate(double perSecond, int burst, HubClock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    boolean take(String name, int times) {
        long now = clock.nanos();
        if (byName.size() > MANY) {
            byName.values().removeIf(pace -> rested(pace, now));
        }
        Pace pace = byName.computeIfAbsent(name, key -> new Pace(perSecond, burst));
        synchronized (pace) {
            return pace.take(now, times);
        }
    }

    /** How many are not forgotten yet. */
    int names() {
        return byName.size();
    }

    private static boolean rested(Pace pace, long now) {
        synchronized (pace) {
            return pace.rested(now);
        }
    }
}
