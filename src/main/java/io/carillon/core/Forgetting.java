package io.carillon.core;

import java.nio.charset.StandardCharsets;

/**
 * How a channel's past is forgotten: by an entry of the log like any other, so that whoever reads the log, after a restart or
 * on another node, forgets at the same place. It is retained nowhere and delivered to nobody.
 */
final class Forgetting {
    /** Where these entries are: a channel of the hub's own that never comes to be. */
    static final String CHANNEL = "$forget";

    private Forgetting() {}

    static NewPublication of(ChannelName channel) {
        String data = '"' + channel.value() + '"'; // no character of a name needs an escape
        return new NewPublication(new ChannelName(CHANNEL), data.getBytes(StandardCharsets.US_ASCII));
    }

    static boolean is(Publication publication) {
        return publication.channel().equals(CHANNEL);
    }

    /** The name of the channel that is to be forgotten. */
    static String channel(Publication publication) {
        byte[] data = publication.data();
        return new String(data, 1, Math.max(0, data.length - 2), StandardCharsets.US_ASCII);
    }
}
