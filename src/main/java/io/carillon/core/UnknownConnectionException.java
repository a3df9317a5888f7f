package io.carillon.core;

/** A publication for one connection that is not here, or no longer. Nothing was stored. */
public final class UnknownConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ChannelName channel;

    UnknownConnectionException(ChannelName channel) {
        super("no connection " + Quote.of(channel.connectionId()) + " is open on this node");
        this.channel = channel;
    }

    /** The channel of the connection that is not here. */
    public ChannelName channel() {
        return channel;
    }
}
