package io.carillon.cdi;

/**
 * CDI event: a channel with {@code presence=on} has lost its last member; fired after he has left. Fired by {@link Relay}.
 *
 * @param time milliseconds since the epoch
 */
public record Vacated(String channel, long time) {}
