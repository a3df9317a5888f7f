package io.carillon.monitor;

import java.util.Map;

/** The hub as a console for JMX sees it. Counters rise from the start of the hub; {@code HubFigures} says what each is. */
public interface HubMXBean {
    String getNode();

    /** True if it would be {@code UP} at {@code /health/ready}. */
    boolean isReady();

    int getConnections();

    Map<String, Integer> getConnectionsByTransport();

    Map<String, Long> getClosedByReason();

    long getPublications();

    Map<String, Long> getDeliveriesByTransport();

    long getGaps();

    double getFanOutLagMeanSeconds();

    double getAppendMeanSeconds();

    int getChannels();

    int getPatterns();

    long getRetainedBytes();

    long getEvictedForMemory();

    long getLogBytes();

    int getLogSegments();

    boolean isLogFull();

    /** Why the log takes nothing; empty while it does. */
    String getLogFailure();

    /**
     * Ends a connection of this node with 4503; its client is told not to come back.
     *
     * @return false if none of that id is open here
     */
    boolean kick(String connection);
}
