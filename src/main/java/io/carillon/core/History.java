package io.carillon.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a channel retains.
 *
 * @param publications in id order
 * @param cursor from where to ask for the next page
 * @param more true if the limit ended this page
 * @param gap what the asked cursor has missed, or null
 */
public record History(
        List<Publication> publications,
        long cursor,
        boolean more,
        @Nullable Gap gap) {

    /** As {@link Hub#history}. */
    static History of(ChannelIndex index, HubClock clock, ChannelName name, long since, int limit) {
        long upTo = index.watermark();
        boolean foreign = since > upTo;
        Channel channel = index.find(name.value());
        Retained.Reader reader = channel == null ? null : channel.retained.read(foreign ? 0 : since, upTo);
        long missing = Math.max(reader == null ? index.base() : reader.gapTo(), index.lost());
        Gap gap = since != 0 && (foreign || since < missing) ? new Gap(name.value(), since, missing) : null;
        if (reader == null) {
            return new History(List.of(), upTo, false, gap);
        }
        List<Publication> page = new ArrayList<>();
        long cursor = foreign ? 0 : since;
        long now = clock.millis();
        for (Publication p; (p = reader.current()) != null; reader.advance()) {
            if (page.size() == limit) {
                return new History(page, cursor, true, gap);
            }
            if (!p.expired(now) && !p.ephemeral()) {
                page.add(p);
            }
            cursor = p.id();
        }
        return new History(page, reader.evicted() ? cursor : upTo, reader.evicted(), gap);
    }
}
