package io.carillon.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look of a connection at what follows its cursors, and the frame that comes of it. Moves the cursors past what the
 * frame carries. Lives for one drain, on one thread.
 */
final class Reading {
    private final Subscription[] subscriptions;
    private final Encoder encoder;
    private final long upTo;
    private final Merge merge = new Merge();

    private long cursor;
    private @Nullable Frame frame;
    private List<Frame> apart = List.of();

    /**
     * @param cursor what the client was told so far
     * @param upTo the watermark, read before anything else
     */
    Reading(Subscription[] subscriptions, Encoder encoder, long cursor, long upTo, long nowMillis) {
        this.subscriptions = subscriptions;
        this.encoder = encoder;
        this.cursor = cursor;
        this.upTo = upTo;
        read(nowMillis);
    }

    /** What to write; null when there is nothing. */
    @Nullable
    Frame frame() {
        return frame;
    }

    /** The client's cursor once it has the frame. */
    long cursor() {
        return cursor;
    }

    /** Gaps of a transport that gives each a frame of its own: to be written first, then it is to be read again. */
    List<Frame> apart() {
        return apart;
    }

    /** How many gaps it tells, in the frame or apart. */
    int gaps() {
        return merge.gapCount();
    }

    /** True when eviction has overtaken a read that had met nothing but expired entries: a gap shows when read again. */
    boolean overtaken() {
        return frame == null && apart.isEmpty() && !merge.exhausted();
    }

    private void read(long nowMillis) {
        for (Subscription subscription : subscriptions) {
            merge.open(subscription, upTo);
        }
        List<Gap> gaps = merge.gaps();
        if (!gaps.isEmpty() && encoder.maxPublications() == 1) {
            apart = new ArrayList<>(gaps.size());
            for (Gap gap : gaps) {
                apart.add(encoder.encodeGap(gap));
            }
            return;
        }
        Publication first = merge.peek();
        if (first == null || subscriptions.length != 1 || !merge.common()) {
            take(nowMillis);
            return;
        }
        Subscription alone = subscriptions[0];
        long from = alone.cursor;
        Frame shared = alone.source.frames.get(encoder, first.id(), Math.min(alone.source.lastId(), upTo));
        if (shared != null) {
            alone.moveTo(shared.lastId(), false);
            cursor = shared.lastId();
            frame = shared;
            return;
        }
        boolean shareable = take(nowMillis);
        Frame fresh = frame;
        if (fresh != null && shareable && cursor == merge.last() && alone.shares(first.id())) {
            long after = Math.max(from, alone.source.floor()); // who stands before that may have to hear of a gap
            alone.source.frames.put(encoder, after, first.id(), merge.limited(), fresh);
        }
    }

    /** Encodes as much as one frame may carry. True when nothing in it expires, so that others may have it later. */
    private boolean take(long nowMillis) {
        List<Publication> publications = new ArrayList<>(8);
        merge.take(publications, encoder.maxPublications(), encoder.maxBytes(), nowMillis);
        boolean caughtUp = merge.exhausted();
        for (Subscription subscription : subscriptions) {
            subscription.moveTo(caughtUp ? upTo : merge.last(), caughtUp);
        }
        List<Gap> gaps = merge.gaps();
        if (gaps.isEmpty() && publications.isEmpty()) {
            if (caughtUp && subscriptions.length > 0) {
                cursor = upTo;
            }
            return false;
        }
        long heard = 0;
        for (Gap gap : gaps) {
            heard = Math.max(heard, gap.to());
        }
        cursor = caughtUp ? Math.min(upTo, Math.max(cursor, Math.max(merge.last(), heard))) : merge.last();
        frame = encoder.encode(new Delivery(gaps, publications, cursor, gapCursor(gaps, publications, heard)));
        boolean lasting = true;
        for (Publication publication : publications) {
            lasting &= publication.expires() == 0;
        }
        return lasting;
    }

    /** The cursor of who has heard the gaps, where no older publication can follow; else 0. */
    private long gapCursor(List<Gap> gaps, List<Publication> publications, long heard) {
        if (subscriptions.length == 1 && subscriptions[0].source instanceof Channel) {
            return heard;
        }
        return merge.exhausted() && publications.isEmpty() && gaps.size() == 1 ? cursor : 0;
    }
}
