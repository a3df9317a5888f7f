package io.carillon.protocol;

import io.carillon.core.ChannelName;
import io.carillon.core.InvalidNameException;
import io.carillon.core.Quote;
import org.jspecify.annotations.Nullable;

/** Which channels a client may name, where it names one. */
public final class Channels {
    private Channels() {}

    /**
     * A channel to publish to: of the hub's own only those of one connection and of one user.
     *
     * @throws ProtocolException if it is no name, or not for clients
     */
    public static ChannelName toPublishTo(@Nullable String name) {
        ChannelName channel = any(name);
        if (channel.reserved() && !channel.ofConnection() && !channel.value().startsWith("$user.")) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN,
                    "channel " + Quote.of(channel.value()) + " is the hub's own; of the names that start with $ only"
                            + " $connection.<id> and $user.<name> can be published to");
        }
        return channel;
    }

    /**
     * A channel to read from, or to ask about: none of the hub's own, which are somebody's mail.
     *
     * @throws ProtocolException if it is no name, or not for clients
     */
    public static ChannelName toRead(@Nullable String name) {
        ChannelName channel = any(name);
        if (channel.reserved()) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN,
                    "channel " + Quote.of(channel.value()) + " is the hub's own and cannot be read");
        }
        return channel;
    }

    private static ChannelName any(@Nullable String name) {
        if (name == null) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "channel is missing");
        }
        try {
            return new ChannelName(name);
        } catch (InvalidNameException e) {
            throw new ProtocolException(ErrorCode.INVALID_CHANNEL, String.valueOf(e.getMessage()));
        }
    }
}
