package io.carillon.log.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The thread of {@link SyncPolicy#INTERVAL}: forces what was written since it last did. */
final class Syncer implements Runnable {
    private final Segments segments;
    private final Writer writer;
    private final long interval;
    private volatile boolean closing;

    Syncer(Segments segments, Writer writer, Duration interval) {
        this.segments = segments;
        this.writer = writer;
        this.interval = interval.toNanos();
    }

    /** Ends it. Forces nothing more. */
    void close(Thread thread) {
        closing = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!closing && !writer.isPoisoned()) {
            LockSupport.parkNanos(this, interval);
            try {
                segments.force();
            } catch (IOException e) {
                writer.poison(e);
            }
        }
    }
}
