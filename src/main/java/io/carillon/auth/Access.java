package io.carillon.auth;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import java.util.List;

/**
 * What is asked before something is done for a visitor: may he, and is it not too much? One call for each thing that one can
 * want of a channel; each throws what {@link AccessPolicy} and {@link Limits} throw, in this order. Safe for concurrent use.
 */
public record Access(AccessPolicy policy, Limits limits) {
    public void checkPublish(Visitor visitor, ChannelName channel) {
        policy.check(visitor.identity(), Action.PUBLISH, channel);
        limits.checkPublish(visitor, List.of(channel));
    }

    public void checkSubscribe(Visitor visitor, List<ChannelPattern> channels) {
        policy.checkSubscribe(visitor.identity(), channels);
        limits.checkSubscribe(visitor, channels);
    }

    public void checkHistory(Visitor visitor, ChannelName channel) {
        policy.check(visitor.identity(), Action.HISTORY, channel);
        limits.checkHistory(visitor);
    }

    public void checkPresence(Visitor visitor, ChannelName channel) {
        policy.check(visitor.identity(), Action.PRESENCE, channel);
    }
}
