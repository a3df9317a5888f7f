package io.carillon.transport.websocket.direct;

/** What a client has sent on its socket, put together. */
sealed interface Heard {
    record Text(String text) implements Heard {}

    /** A message that is longer than is kept of one. */
    record TooLong() implements Heard {}

    record Binary() implements Heard {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record Ping(byte[] payload) implements Heard {}

    record Pong() implements Heard {}

    /**
     * The client's close frame: nothing follows.
     *
     * @param code its own; {@link io.carillon.protocol.WebSocketFrames#NO_CODE} if it has none
     */
    record Close(int code) implements Heard {}

    /**
     * What the protocol forbids: nothing that follows can be understood.
     *
     * @param code for our close frame (RFC 6455, 7.4.1)
     */
    record Violation(int code, String what) implements Heard {}
}
