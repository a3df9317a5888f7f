package io.carillon.browser;

/** A transport, as the demo page offers it. */
enum Via {
    WEBSOCKET("ws", "WebSocket"),
    SSE("sse", "SSE"),
    LONG_POLL("poll", "long-poll");

    /** In attributes. */
    final String code;

    /** In sentences. */
    final String label;

    Via(String code, String label) {
        this.code = code;
        this.label = label;
    }
}
