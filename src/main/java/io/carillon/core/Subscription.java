package io.carillon.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's place in one source. The fields without {@code final} belong to whoever drains the connection, but
 * for {@code slot}, which belongs to the source's {@link Subscribers}.
 */
final class Subscription {
    final Connection connection;
    final Source source;
    /** The name that the client used, which is also what answers and gaps of the whole pattern name. */
    final String name;

    /** Everything of the source up to this id has been delivered, or was covered by a gap. */
    long cursor;
    /** Losses up to this id are no news: the client asked for "all that is retained", or a gap has covered them. */
    long quiet;
    /** The same for single channels of a pattern, while its client catches up. */
    @Nullable
    Map<String, Long> told;
    /** What the client must hear before anything else. */
    @Nullable
    Gap firstGap;

    int slot = -1;

    Subscription(Connection connection, Source source, String name, long cursor, long quiet, @Nullable Gap firstGap) {
        this.connection = connection;
        this.source = source;
        this.name = name;
        this.cursor = cursor;
        this.quiet = quiet;
        this.firstGap = firstGap;
    }

    /** True if a loss up to {@code to} in that channel has not been covered by a gap. */
    boolean isNews(String channel, long to) {
        return to > quiet && (told == null || to > told.getOrDefault(channel, 0L));
    }

    void hears(Gap gap) {
        if (gap.channel().equals(name)) {
            quiet = Math.max(quiet, gap.to());
        } else {
            if (told == null) {
                told = new HashMap<>();
            }
            told.put(gap.channel(), gap.to());
        }
    }

    void moveTo(long id, boolean caughtUp) {
        cursor = Math.max(cursor, id);
        if (caughtUp) {
            told = null;
        }
    }
}
