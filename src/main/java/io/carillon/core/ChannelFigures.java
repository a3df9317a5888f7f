package io.carillon.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One channel at one moment; see {@link Hub#channels}.
 *
 * @param subscribers by its own name, those by patterns left out
 * @param retained publications
 * @param floor newest id that it no longer retains; a cursor below it misses something
 * @param newest id that was published to it, or its first floor
 * @param last when the newest that is retained was published, milliseconds since the epoch; 0 when nothing is
 * @param rate publications a second, over the last ten seconds, as far as these are retained
 */
public record ChannelFigures(
        String name, int subscribers, int retained, long floor, long newest, long last, double rate) {
    private static final int SECONDS = 10;
    /** So many of a shorter time, when no more are retained, still say how fast they come. */
    private static final int ENOUGH = 10;

    /** As {@link Hub#channels}. */
    static List<ChannelFigures> of(ChannelIndex index, long now, Predicate<String> named) {
        List<ChannelFigures> meant = new ArrayList<>();
        for (Channel channel : index.channels()) {
            if (named.test(channel.name())) {
                meant.add(of(channel, now));
            }
        }
        return meant;
    }

    private static ChannelFigures of(Channel channel, long now) {
        Retained retained = channel.retained;
        Retained.Recent recent = retained.since(now - SECONDS * 1000L);
        return new ChannelFigures(
                channel.name(),
                channel.subscribers.count(),
                retained.size(),
                retained.floor(),
                retained.lastId(),
                recent.newest(),
                rate(recent, now));
    }

    private static double rate(Retained.Recent recent, long now) {
        boolean cut = recent.all() && recent.count() >= ENOUGH;
        double seconds = cut ? Math.min(SECONDS, Math.max(1, now - recent.oldest()) / 1000.0) : SECONDS;
        return recent.count() / seconds;
    }
}
