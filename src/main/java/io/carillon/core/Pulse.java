package io.carillon.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a connection was last heard from, and what follows from that and from its last write. Whoever hears says so, on any thread;
 * the timer asks. All times are of {@link HubClock#nanos()}.
 */
final class Pulse {
    private final Flight flight;
    private volatile long lastSeen;
    private volatile long lastBeat;
    private boolean bounded;
    private long deadline;

    Pulse(Flight flight, long now) {
        this.flight = flight;
        lastSeen = now;
        lastBeat = now;
    }

    /** Before the first drain: it ends after that time; null is never. */
    void endAfter(@Nullable Duration time, long now) {
        bounded = time != null;
        deadline = time == null ? 0 : now + time.toNanos();
    }

    /** A sign of life from the client. */
    void seen(long now) {
        lastSeen = now;
    }

    /**
     * True if a heartbeat is due, which counts as given then: when no write has begun for that long; on a WebSocket also
     * when nothing has been heard from it: one that only listens, and always has something to hear, would be taken for dead.
     */
    boolean beat(long now, long silence, Transport transport) {
        boolean quiet = !flight.busy() && flight.age(now) >= silence;
        boolean unheard = transport == Transport.WEBSOCKET && now - lastSeen >= silence && now - lastBeat >= silence;
        if (quiet || unheard) {
            lastBeat = now;
        }
        return quiet || unheard;
    }

    /**
     * Why it must end now: its time or its credential is over, a write does not come back, or the client is silent; null when
     * it need not.
     *
     * @param millis the same moment on the wall clock
     */
    @Nullable
    CloseReason overdue(long now, long millis, HubSettings limits, Client client) {
        if (bounded && now - deadline >= 0) {
            return CloseReason.DONE;
        }
        if (client.credential().expired(millis)) {
            return CloseReason.EXPIRED;
        }
        if (flight.busy() && flight.age(now) >= limits.progress().toNanos()) {
            return CloseReason.slow("no progress for " + since(flight.age(now), limits.progress()));
        }
        if (client.transport() == Transport.WEBSOCKET
                && now - lastSeen >= limits.silence().toNanos()) {
            return CloseReason.silent("no sign of life for " + since(now - lastSeen, limits.silence()));
        }
        return null;
    }

    private static String since(long nanos, Duration limit) {
        return Duration.ofNanos(nanos).toSeconds() + " s, limit " + limit.toSeconds() + " s";
    }
}
