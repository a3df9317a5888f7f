package io.carillon.cdi;

import io.carillon.core.Member;

/**
 * CDI event: a member has left a channel with {@code presence=on}. Fired by {@link Relay}.
 *
 * @param count how many there are then
 * @param time milliseconds since the epoch
 */
public record Left(String channel, Member member, int count, long time) {}
