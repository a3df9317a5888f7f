package io.carillon.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it comes.
 *
 * @param channels where it wants to be, each once; doubles are dropped
 * @param since its cursor: 0 is all that is retained, null is from now
 * @param holdFor after this it is closed with {@link CloseReason#DONE}; null is without end
 */
public record Opening(
        Client client,
        List<ChannelPattern> channels,
        @Nullable Long since,
        @Nullable Duration holdFor) {

    public Opening {
        channels = channels.size() < 2 ? channels : channels.stream().distinct().toList();
    }

    /** How a transport with a dialogue words the hub's answers; the others have none. */
    public interface Answers {
        Answers NONE = new Answers() {
            @Override
            public @Nullable Frame welcome(Connection connection) {
                return null;
            }

            @Override
            public @Nullable Frame subscribed(Subscribed subscribed) {
                return null;
            }
        };

        /** Said first of all. */
        @Nullable
        Frame welcome(Connection connection);

        /** Said before the first publication of that channel. */
        @Nullable
        Frame subscribed(Subscribed subscribed);
    }
}
