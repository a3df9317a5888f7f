package io.carillon.protocol;

import io.carillon.core.ChannelPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code channel} parameters of an address, each of them one channel or pattern. */
public final class ChannelQuery {
    private ChannelQuery() {}

    /**
     * In the order of the address; the default channel when it names none.
     *
     * @throws io.carillon.core.InvalidNameException for the first that is no name and no pattern
     */
    public static List<ChannelPattern> parse(@Nullable Collection<String> values, String defaultChannel) {
        List<ChannelPattern> channels = new ArrayList<>();
        if (values != null) {
            for (String value : values) {
                if (!value.isEmpty()) {
                    channels.add(new ChannelPattern(value));
                }
            }
        }
        return channels.isEmpty() ? List.of(new ChannelPattern(defaultChannel)) : channels;
    }

    public static List<ChannelPattern> parse(String @Nullable [] values, String defaultChannel) {
        return parse(values == null ? null : Arrays.asList(values), defaultChannel);
    }
}
