package io.carillon.core;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is different about a channel.
 *
 * @param retention what is kept for those who come back
 * @param history false: each publication is ephemeral, whether it says so or not
 * @param ttl of a publication that names none; null is no end
 * @param presence true: who is here has a name, and is told when he joins and leaves
 */
public record ChannelOptions(
        Retention retention, boolean history, @Nullable Duration ttl, boolean presence) {

    public ChannelOptions(Retention retention) {
        this(retention, true, null);
    }

    /** One without presence. */
    public ChannelOptions(Retention retention, boolean history, @Nullable Duration ttl) {
        this(retention, history, ttl, false);
    }

    /** The publication with what its channel adds to it. */
    NewPublication applyTo(NewPublication one) {
        boolean ephemeral = one.ephemeral() || !history;
        Duration time = one.ttl() == null ? ttl : one.ttl();
        return ephemeral == one.ephemeral() && Objects.equals(time, one.ttl())
                ? one
                : new NewPublication(one.channel(), one.event(), one.data(), time, one.key(), ephemeral);
    }
}
