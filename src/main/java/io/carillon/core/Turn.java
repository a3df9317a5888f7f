package io.carillon.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a source stands with the fan-out. It waits for a pass, or is in one, once however much is published to it; what is published
 * while it is in one makes it wait again at the end. Safe for concurrent use, without locks.
 */
final class Turn {
    private static final int RESTING = 0;
    private static final int QUEUED = 1;
    private static final int PASSING = 2;
    /** Changed since the pass began; the numbers that follow say how often, up to {@link #MANY} times. */
    private static final int PASSING_CHANGED = 3;

    /** So many changes while a pass is under way are a load. */
    static final int MANY = 8;

    private final AtomicInteger state = new AtomicInteger();
    /** When the first change was that no pass has taken. Two who change it at once may both write it, a moment apart. */
    private volatile long changedAt;

    /** True for the caller that has to queue it. */
    boolean changed(HubClock clock) {
        while (true) {
            int now = state.get();
            if (now == QUEUED || now == PASSING + MANY) {
                return false;
            }
            if (now <= PASSING) {
                changedAt = clock.nanos();
            }
            if (state.compareAndSet(now, now + 1)) {
                return now == RESTING;
            }
        }
    }

    /** Called by the pass before it looks at the subscribers. Returns when the first change was. */
    long begin() {
        long since = changedAt;
        state.set(PASSING);
        return since;
    }

    /** The pass is over. If not 0, the caller has to queue it again: so often it has changed meanwhile, {@link #MANY} times at most. */
    int end() {
        if (state.compareAndSet(PASSING, RESTING)) {
            return 0;
        }
        return state.getAndSet(QUEUED) - PASSING;
    }

    /** A pass will come that has not begun: who stands here need not look by himself. */
    boolean awaited() {
        int now = state.get();
        return now == QUEUED || now >= PASSING_CHANGED;
    }
}
