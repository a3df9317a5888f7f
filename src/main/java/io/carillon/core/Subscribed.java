package io.carillon.core;

/**
 * The answer to a subscription.
 *
 * @param channel the channel or pattern, as the client named it
 * @param since the cursor from which it is delivered
 * @param head newest id of the hub at this moment
 * @param recovered true if everything after the cursor that was asked for will come; false if a gap comes first
 */
public record Subscribed(String channel, long since, long head, boolean recovered) {}
