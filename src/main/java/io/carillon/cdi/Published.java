package io.carillon.cdi;

/**
 * CDI event: a publication has been stored that came in by this node. Fired by {@link Relay}.
 *
 * @param data JSON in UTF-8, shared with others: only to be read
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Published(long id, String channel, String event, byte[] data) {}
