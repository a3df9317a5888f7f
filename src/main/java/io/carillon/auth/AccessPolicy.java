package io.carillon.auth;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.List;

/**
 * Decides who may do what. A right comes from any of: what everybody may, what everybody may who has said who he is, his own
 * permissions, and that {@code user.<name>} and all below it is its user's to read. Whatever none of these gives is refused.
 *
 * <p>Immutable. Asked once for each request and subscription, never for a delivery.
 */
public final class AccessPolicy {
    private final Permissions everybody;
    private final Permissions known;

    /**
     * @param everybody what strangers may
     * @param known what whoever is no stranger may besides
     */
    public AccessPolicy(Permissions everybody, Permissions known) {
        this.everybody = everybody;
        this.known = everybody.and(known);
    }

    /**
     * Refuses what is not allowed on one channel.
     *
     * @throws ProtocolException {@link ErrorCode#UNAUTHORIZED} for a stranger, else {@link ErrorCode#FORBIDDEN}
     */
    public void check(Identity who, Action action, ChannelName channel) {
        boolean allowed = given(who).allow(action, channel)
                || who.permissions().allow(action, channel)
                || (action != Action.PUBLISH && owns(who, channel.value()));
        if (!allowed) {
            throw refused(who, action, channel.value());
        }
    }

    /**
     * Refuses early who may not do this on any channel.
     *
     * @throws ProtocolException as {@link #check}
     */
    public void checkAny(Identity who, Action action) {
        if (!given(who).any(action) && !who.permissions().any(action)) {
            throw refused(who, action, "any channel");
        }
    }

    /**
     * Refuses a subscription unless all of it is allowed, also channels that do not exist yet.
     *
     * @throws ProtocolException as {@link #check}
     */
    public void checkSubscribe(Identity who, ChannelPattern channel) {
        if (!maySubscribe(who, channel)) {
            throw refused(who, Action.SUBSCRIBE, channel.value());
        }
    }

    /** The same for several, for the first that is not allowed. */
    public void checkSubscribe(Identity who, List<ChannelPattern> channels) {
        for (ChannelPattern channel : channels) {
            checkSubscribe(who, channel);
        }
    }

    /** The hub's own figures are for administrators, whatever else they may; all other channels are as permissions say. */
    public boolean maySubscribe(Identity who, ChannelPattern channel) {
        if (channel.value().equals(ChannelName.CONSOLE)) {
            return who.permissions().admin();
        }
        return given(who).cover(Action.SUBSCRIBE, channel)
                || who.permissions().cover(Action.SUBSCRIBE, channel)
                || owns(who, channel.value());
    }

    /**
     * Refuses whoever is no administrator.
     *
     * @throws ProtocolException as {@link #check}
     */
    public void checkAdmin(Identity who) {
        if (!who.permissions().admin()) {
            throw new ProtocolException(
                    who.stranger() ? ErrorCode.UNAUTHORIZED : ErrorCode.FORBIDDEN,
                    "this is for administrators; it needs the permission \"admin\"");
        }
    }

    private Permissions given(Identity who) {
        return who.stranger() ? everybody : known;
    }

    /** A name or pattern that lies wholly below the user's own prefix: its first two segments are literally that. */
    private static boolean owns(Identity who, String channel) {
        String subject = who.subject();
        if (subject == null || !channel.startsWith("user.")) {
            return false;
        }
        String own = ownChannel(subject);
        return channel.equals(own) || channel.startsWith(own + ".");
    }

    /** {@code user.<subject>} as one segment: what is not a letter, digit, {@code _} or {@code -} is written in hexadecimal. */
    static String ownChannel(String subject) {
        return "user."
                + ChannelName.ofUser(subject)
                        .value()
                        .substring("$user.".length())
                        .replace(".", ":2E");
    }

    private static ProtocolException refused(Identity who, Action action, String channel) {
        return who.stranger()
                ? new ProtocolException(ErrorCode.UNAUTHORIZED, action.word() + " on " + channel + " needs credentials")
                : new ProtocolException(
                        ErrorCode.FORBIDDEN, "these credentials do not allow " + action.word() + " on " + channel);
    }
}
