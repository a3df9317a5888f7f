package io.carillon.core;

import java.time.Duration;
import java.util.function.Function;

/**
 * What the hub is told at start.
 *
 * @param node this node's name in the cluster and in connection ids; letters and digits
 * @param heartbeat silence after which a connection is written to
 * @param silence time without a sign of life after which a WebSocket is closed
 * @param progress time that one write may take
 * @param lease for which a member keeps his place in a channel without a connection
 * @param maxConnections on this node, all transports together
 * @param maxSubscriptions of one connection
 * @param maxChannels that the index knows at one time
 * @param maxPatterns in use at one time
 * @param memory bound in bytes for what is retained and for cached frames together
 * @param options for a channel's name
 * @param lanes of the fan-out, so the threads that it uses at most
 */
public record HubSettings(
        String node,
        Duration heartbeat,
        Duration silence,
        Duration progress,
        Duration lease,
        int maxConnections,
        int maxSubscriptions,
        int maxChannels,
        int maxPatterns,
        long memory,
        Function<String, ChannelOptions> options,
        int lanes) {}
