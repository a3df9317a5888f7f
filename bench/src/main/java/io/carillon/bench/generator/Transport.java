package io.carillon.bench.generator;

/** How a subscriber is served. */
public enum Transport {
    WS("WebSocket"),
    SSE("SSE"),
    LP("long-poll");

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
