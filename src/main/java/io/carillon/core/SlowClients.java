package io.carillon.core;

import java.lang.System.Logger.Level;

/**
 * Says in one line how many clients were cut since the last one, once a minute at most: a crowd that loses its network must
 * not flood the log. Told by the sweep, one call at a time.
 */
final class SlowClients {
    private static final System.Logger LOG = System.getLogger(SlowClients.class.getName());
    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final HubStats stats;
    private long slowBefore;
    private long silentBefore;
    private long toldAt;
    private boolean told;

    SlowClients(HubStats stats) {
        this.stats = stats;
    }

    void tell(long now) {
        long slow = stats.closedSoFar(CloseReason.Kind.SLOW);
        long silent = stats.closedSoFar(CloseReason.Kind.SILENT);
        if ((slow == slowBefore && silent == silentBefore) || (told && now - toldAt < INTERVAL_NANOS)) {
            return;
        }
        LOG.log(
                Level.INFO,
                LogLine.of("clients.cut")
                        .with("slow", slow - slowBefore)
                        .with("silent", silent - silentBefore)
                        .say("clients that did not read, or gave no sign of life"));
        slowBefore = slow;
        silentBefore = silent;
        toldAt = now;
        told = true;
    }
}
