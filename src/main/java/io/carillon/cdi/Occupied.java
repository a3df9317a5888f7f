package io.carillon.cdi;

/**
 * CDI event: a channel with {@code presence=on} has its first member; fired before he joins. Fired by {@link Relay}.
 *
 * @param time milliseconds since the epoch
 */
public record Occupied(String channel, long time) {}
