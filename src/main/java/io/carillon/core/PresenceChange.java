package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * Somebody has come to a channel or left it. Only of channels with {@link ChannelOptions#presence}.
 *
 * @param member null for {@link Kind#OCCUPIED} and {@link Kind#VACATED}
 * @param count members that have joined and not left, this change included
 * @param time when it was told, milliseconds since the epoch
 */
public record PresenceChange(
        Kind kind, String channel, @Nullable Member member, int count, long time) {
    /** The event of the publication that tells of {@link Kind#JOINED}. */
    public static final String JOIN = "join";
    /** The event of the publication that tells of {@link Kind#LEFT}. */
    public static final String LEAVE = "leave";

    /** For one member joined and left alternate; for one channel occupied and vacated do, around these. */
    public enum Kind {
        /** The first member has come; said before he joins. */
        OCCUPIED,
        JOINED,
        LEFT,
        /** The last member has left; said after that. */
        VACATED
    }

    /** True for an event's name that only the hub may use, on a channel that tells of its members. */
    static boolean reserved(String event) {
        return event.equals(JOIN) || event.equals(LEAVE);
    }
}
