package io.carillon.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is different about the channels that a pattern covers; what is null is as for all others.
 *
 * @param pattern a channel's name, or a pattern as clients subscribe to
 * @param history false: nothing is kept
 * @param presence true: who is there is told when he joins and leaves
 */
public record ChannelRule(
        String pattern,
        boolean history,
        @Nullable Integer count,
        @Nullable Duration age,
        @Nullable Long bytes,
        @Nullable Duration ttl,
        boolean presence) {}
