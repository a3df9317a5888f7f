package io.carillon.client;

/** The three transports, as a client names them. */
public enum Wire {
    WEBSOCKET,
    SSE,
    POLL;

    /** A well-behaved client that is not connected yet. */
    public Subscriber subscriber(Target target) {
        return switch (this) {
            case WEBSOCKET -> new WebSocketClient(target);
            case SSE -> new SseClient(target);
            case POLL -> new PollClient(target);
        };
    }

    /** Another one: where a client goes that loses this. */
    public Wire next() {
        return switch (this) {
            case WEBSOCKET -> SSE;
            case SSE -> POLL;
            case POLL -> WEBSOCKET;
        };
    }
}
