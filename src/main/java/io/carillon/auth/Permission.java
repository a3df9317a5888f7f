package io.carillon.auth;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;

/**
 * One action on the channels of a pattern. A pattern covers none of the hub's own channels, unless it starts with
 * {@code $}, and then only those: {@code $user.**} stands for {@code $user.ann}.
 */
public final class Permission {
    private final Action action;
    private final boolean reserved;
    private final ChannelPattern pattern;

    /** @throws io.carillon.core.InvalidNameException if this is no pattern */
    public Permission(Action action, String pattern) {
        this.action = action;
        this.reserved = pattern.startsWith("$");
        this.pattern = new ChannelPattern(reserved ? pattern.substring(1) : pattern);
    }

    Action action() {
        return action;
    }

    boolean matches(ChannelName channel) {
        return channel.reserved()
                ? reserved && pattern.matches(channel.value().substring(1))
                : !reserved && pattern.matches(channel.value());
    }

    /** True if every channel that {@code asked} can ever stand for is covered. */
    boolean covers(ChannelPattern asked) {
        return !reserved && pattern.covers(asked);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permission that
                && that.action == action
                && that.reserved == reserved
                && that.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return 31 * action.hashCode() + pattern.hashCode();
    }

    @Override
    public String toString() {
        return action.word() + ":" + (reserved ? "$" : "") + pattern;
    }
}
