package io.carillon.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when the test says so. Starts at 1,000 ms, so an empty log begins at the id 1,000,000. */
public final class ManualClock implements HubClock {
    private final AtomicLong millis = new AtomicLong(1_000);
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    /** Time passes, for both clocks. */
    public void advance(Duration time) {
        millis.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    /** Somebody sets the wall clock, back for a negative step; the monotonic one does not notice. */
    public void stepWallClock(Duration step) {
        millis.addAndGet(step.toMillis());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
