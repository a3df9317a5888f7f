package io.carillon.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's place in one source. The fields without {@code final} belong to whoever drains the connection, but
 * for {@code slot}, which belongs to the source's {@link Subscribers}.
 */
final class Subscription {
    /** Channels of a pattern whose losses are remembered one by one, while its client catches up. */
    private static final int MOST_TOLD = 256;

    final Connection connection;
    final Source source;
    /** The name that the client used, which is also what answers and gaps of the whole pattern name. */
    final String name;
    /** The head when the client asked for all that is retained; else 0. */
    private final long allUpTo;

    /** Everything of the source up to this id has been delivered, or was covered by a gap. */
    long cursor;
    /** What the client must hear before anything else. */
    @Nullable
    Gap firstGap;

    /** Losses up to this id are no news: a gap has covered them, or they were before all that was retained. */
    private long quiet;
    /** The same for single channels of a pattern, while its client catches up. */
    private @Nullable Map<String, Long> told;

    int slot = -1;

    private Subscription(
            Connection connection, Source source, String name, long cursor, long allUpTo, @Nullable Gap firstGap) {
        this.connection = connection;
        this.source = source;
        this.name = name;
        this.cursor = cursor;
        this.allUpTo = allUpTo;
        this.firstGap = firstGap;
    }

    /** Begins after a cursor. */
    Subscription(Connection connection, Source source, String name, long cursor) {
        this(connection, source, name, cursor, 0, null);
    }

    /** Begins with the oldest: what is lost before the first entry is delivered, and was published before now, is no gap. */
    static Subscription toAllRetained(Connection connection, Source source, String name, long head) {
        return new Subscription(connection, source, name, 0, head, null);
    }

    /** Begins after a gap that comes first. */
    static Subscription afterGap(Connection connection, Source source, String name, Gap gap) {
        return new Subscription(connection, source, name, gap.to(), 0, gap);
    }

    /** True if no gap has covered this loss, so that the client must hear of it. */
    boolean isNews(Gap gap) {
        if (gap.to() <= quiet || (told != null && gap.to() <= told.getOrDefault(gap.channel(), 0L))) {
            return false;
        }
        if (cursor == 0 && gap.to() <= allUpTo) {
            hears(gap);
            return false;
        }
        return true;
    }

    /** True when losses of further single channels cannot be remembered. */
    boolean toldMuch() {
        return told != null && told.size() >= MOST_TOLD;
    }

    void hears(Gap gap) {
        if (gap.channel().equals(name)) {
            quiet = Math.max(quiet, gap.to());
        } else if (toldMuch()) {
            quiet = Math.max(quiet, Math.min(gap.to(), allUpTo)); // from 0 in a wide pattern: coarser, but bounded
        } else {
            if (told == null) {
                told = new HashMap<>();
            }
            told.put(gap.channel(), gap.to());
        }
    }

    /** What who stands at the same place was given last, if it is what comes next here, too; null if that has to be read. Moves the cursor. */
    @Nullable
    Frame shared(Encoder encoder, long upTo) {
        if (firstGap != null || !(source instanceof Channel)) { // a pattern is read in more than one way
            return null;
        }
        Frame frame = source.frames.after(encoder, cursor, Math.min(source.lastId(), upTo), source.floor());
        if (frame != null) {
            moveTo(frame.lastId(), false);
        }
        return frame;
    }

    /**
     * True if what is read here is likely to be read again: others stand here, or come one after the other, as those who poll, and this is
     * the second of them.
     *
     * @param first id of what was read
     */
    boolean shares(long first) {
        return source.subscribers.count() > 1
                || (connection.client().transport() == Transport.LONG_POLL && source.frames.wantedAgain(first));
    }

    /** True if nothing of a channel is newer than what has been delivered. */
    boolean settled() {
        return firstGap == null && source instanceof Channel && source.lastId() <= cursor;
    }

    /** As {@link Outlet#prefetch}. */
    int prefetch() {
        return (int) cursor + connection.prefetch();
    }

    void moveTo(long id, boolean caughtUp) {
        cursor = Math.max(cursor, id);
        if (caughtUp) {
            told = null;
        }
    }
}
