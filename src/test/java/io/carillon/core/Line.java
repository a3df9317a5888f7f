package io.carillon.core;

/** One thing that a client has read from a frame of the {@link LineEncoder}. */
public sealed interface Line {

    record Message(long id, String channel, String event, String data) implements Line {}

    record Missing(Gap gap) implements Line {}

    /** How far the frame brought the client, as its {@link Delivery} had it. */
    record Cursor(long cursor, long gapCursor) implements Line {}

    /** An answer, a heartbeat: whatever is neither a publication nor a gap. */
    record Notice(String text) implements Line {}

    record Goodbye(CloseReason reason, long cursor) implements Line {}
}
