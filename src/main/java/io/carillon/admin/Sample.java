package io.carillon.admin;

import io.carillon.core.HubFigures;
import io.carillon.core.HubFigures.Durations;
import io.carillon.core.HubFigures.Traffic;
import io.carillon.core.Transport;

/**
 * What one second was like. Rates are for a second, however long it took.
 *
 * @param time its end, milliseconds since the epoch
 * @param webSocket connections that were open then; the same for the other transports
 * @param published publications that were stored
 * @param delivered publications that were written, one for each connection
 * @param lag of a hundred passes of the fan-out, ninety-nine took no longer: milliseconds, as exact as the bounds of
 *     {@link Durations}; 0 when there was none
 * @param append the same of the log's appends
 * @param heap bytes in use
 * @param refused requests and messages
 * @param gaps told
 */
record Sample(
        long time,
        int webSocket,
        int sse,
        int longPoll,
        double published,
        double delivered,
        double lag,
        double append,
        long heap,
        double refused,
        double gaps) {
    private static final double SHARE = 0.99;

    /** @param refused so many between the two */
    static Sample between(HubFigures before, HubFigures now, long refused, long heap) {
        double seconds = Math.max(1, now.millis() - before.millis()) / 1000.0;
        return new Sample(
                now.millis(),
                open(now, Transport.WEBSOCKET),
                open(now, Transport.SSE),
                open(now, Transport.LONG_POLL),
                (now.publishing().accepted() - before.publishing().accepted()) / seconds,
                (now.delivered() - before.delivered()) / seconds,
                millis(before.fanOutLag(), now.fanOutLag()),
                millis(before.publishing().append(), now.publishing().append()),
                heap,
                refused / seconds,
                (now.gaps() - before.gaps()) / seconds);
    }

    static int open(HubFigures figures, Transport transport) {
        Traffic traffic = figures.transports().get(transport);
        return traffic == null ? 0 : traffic.open();
    }

    /** The upper bound of the bucket in which that share of what came between is complete. */
    static double millis(Durations before, Durations now) {
        int buckets = now.counts().length;
        long all = now.count() - before.count();
        long rest = (long) Math.ceil(all * SHARE);
        for (int i = 0; i < buckets && all > 0; i++) {
            rest -= now.counts()[i] - before.counts()[i];
            if (rest <= 0) {
                return now.bounds()[Math.min(i, now.bounds().length - 1)] * 1000;
            }
        }
        return 0;
    }
}
