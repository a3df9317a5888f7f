package io.carillon.core;

/** The three ways to receive. */
public enum Transport {
    WEBSOCKET("websocket"),
    SSE("sse"),
    LONG_POLL("long-poll");

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /** The name on the wire, in logs and metrics. */
    public String label() {
        return label;
    }
}
