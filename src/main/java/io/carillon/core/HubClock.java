package io.carillon.core;

/** The hub's only source of time, so that a test can hold it still. */
public interface HubClock {

    HubClock SYSTEM = new HubClock() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Wall clock, milliseconds since the epoch; may step either way. Stamps publications, ends their TTL. */
    long millis();

    /** Monotonic nanoseconds from an arbitrary origin. Measures silence and stuck writes. */
    long nanos();
}
