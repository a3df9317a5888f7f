package io.carillon.core;

/**
 * The notice that something was missed and cannot be replayed: the client refetches its state and takes {@code to} as
 * its cursor.
 *
 * @param channel the channel, or the pattern when it is not known for which of its channels
 * @param from the cursor that was asked for; everything up to it was delivered. Greater than {@code to} for a cursor
 *     that this log never gave out
 * @param to newest id that may be missing; delivery goes on after it
 */
public record Gap(String channel, long from, long to) {}
