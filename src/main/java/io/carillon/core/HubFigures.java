package io.carillon.core;

import java.util.Arrays;
import java.util.Map;

/**
 * What the hub has to say of itself at one moment; see {@link Hub#figures()}. Counters rise from 0 at the start of the hub,
 * and never fall. No name of a channel, user or address is among them. Immutable; nobody writes to the arrays.
 *
 * @param node this node's name
 * @param millis when this was taken, milliseconds since the epoch
 * @param accepting false while the hub goes down
 * @param head newest id that is visible
 * @param beatAge seconds since the timer said "beat" for the last time; since the start if it never did
 * @param transports every transport has an entry
 * @param closed connections that have ended, by the kind of their reason; every kind has an entry
 * @param gaps told to connections
 * @param fanOutLag from visible to the last connection's write begun, once a pass of the fan-out; connections that are still
 *     being written to are passed over, so a slow client does not show in it
 * @param evicted publications that are no longer retained, by cause; every cause has an entry
 */
public record HubFigures(
        String node,
        long millis,
        boolean accepting,
        long head,
        double beatAge,
        Map<Transport, Traffic> transports,
        Map<CloseReason.Kind, Long> closed,
        Publishing publishing,
        long gaps,
        Durations fanOutLag,
        Map<Eviction, Long> evicted,
        Use use,
        LogHealth log) {

    /**
     * One transport.
     *
     * @param open connections now
     * @param opened connections since the start
     * @param frames that were handed to the server to be written
     * @param publications in these frames: one for each connection that it went to
     */
    public record Traffic(int open, long opened, long frames, long publications) {}

    /**
     * What was published.
     *
     * @param accepted publications that were stored
     * @param duplicates that were answered from their key
     * @param bytes of data of the accepted ones
     * @param refused publications, by cause; every cause has an entry
     * @param append how long the log took for a request's batch, also for one that failed
     */
    public record Publishing(
            long accepted, long duplicates, long bytes, Map<Refusal, Long> refused, Durations append) {}

    /** Why the hub does not take a publication. What a request is refused for before that is counted where that is decided. */
    public enum Refusal {
        DRAINING,
        CHANNELS_FULL,
        UNKNOWN_CONNECTION,
        LOG_UNAVAILABLE,
        LOG_FULL
    }

    /** Why a publication is no longer retained. */
    public enum Eviction {
        /** It was too old, or its time to live was over. */
        AGE,
        /** Its channel had more than it may, by count or bytes. */
        CHANNEL,
        /** The hub had more than {@link HubSettings#memory()}: the one to watch. */
        MEMORY,
        /** Its channel was forgotten, to make room for others; or its past was, because an operator said so. */
        FORGOTTEN
    }

    /** What is in use, and how much of it there is. */
    public record Use(
            int connections,
            int maxConnections,
            int channels,
            int maxChannels,
            int patterns,
            int maxPatterns,
            long bytes,
            long maxBytes) {

        static Use of(HubSettings settings, Connections connections, ChannelIndex index) {
            return new Use(
                    connections.count(),
                    settings.maxConnections(),
                    index.channelCount(),
                    settings.maxChannels(),
                    index.patternCount(),
                    settings.maxPatterns(),
                    index.bytes(),
                    settings.memory());
        }
    }

    /**
     * A histogram.
     *
     * @param bounds upper bounds of the buckets, in seconds, ascending
     * @param counts one for each bucket, and a last one for all that took longer
     * @param sum in seconds
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    public record Durations(double[] bounds, long[] counts, double sum) {
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /** In seconds; 0 when there was none. */
        public double mean() {
            long count = count();
            return count == 0 ? 0 : sum / count;
        }
    }

    /** All transports together: connections opened. */
    public long opened() {
        return transports.values().stream().mapToLong(Traffic::opened).sum();
    }

    /** All transports together: publications written. */
    public long delivered() {
        return transports.values().stream().mapToLong(Traffic::publications).sum();
    }
}
