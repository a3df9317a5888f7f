package io.carillon.core;

import java.util.Arrays;

/**
 * All channels that a pattern matches, read as one stream. It exists while somebody subscribes to the pattern.
 *
 * <p>Who follows closely reads a short window of the newest publications, exactly as from a channel. Who stands before
 * the window reads the channels themselves, merged by id, with each one's own gap. Channels are added by the writer
 * only.
 */
final class PatternSource extends Source {
    /** Bounds of the window; what it pins beyond the channels' own retention is at most this. */
    private static final int WINDOW = 256;

    private static final long WINDOW_BYTES = 128 << 10;
    private static final int MOST_GAPS = 32;

    final ChannelPattern pattern;

    private Channel[] channels = new Channel[4];
    private volatile int count;
    /** Same array as {@code channels}, for readers: they read {@code count} first. */
    private volatile Channel[] visible = channels;

    /** Newest id of a channel that was forgotten, or that a lost log gave out: a cursor below it has missed something. */
    private volatile long lost;

    PatternSource(ChannelPattern pattern, long lost, long watermark, FrameCache.Budget budget) {
        super(pattern.value(), watermark, budget);
        this.pattern = pattern;
        this.lost = lost;
    }

    // ---- the writer ----

    void add(Channel channel) {
        int n = count;
        if (n == channels.length) {
            channels = Arrays.copyOf(channels, n * 2);
            visible = channels;
        }
        channels[n] = channel;
        count = n + 1;
    }

    /** Drops the channels that the index has forgotten; who has not read them to the end will hear of a gap. */
    void dropForgotten() {
        int n = count;
        Channel[] rest = new Channel[Math.max(4, n)];
        int kept = 0;
        long gone = lost;
        for (int i = 0; i < n; i++) {
            Channel channel = channels[i];
            if (channel.forgotten) {
                gone = Math.max(gone, channel.lastId());
            } else {
                rest[kept++] = channel;
            }
        }
        lost = gone;
        // A reader may pair the new array with the old count: its tail is empty, which is passed over.
        channels = rest;
        visible = rest;
        count = kept;
    }

    void append(Publication publication, long share) {
        retained.append(publication);
        bound(share);
    }

    /** What it has is no longer to be read: who needs it reads the channels, and hears of their gaps. */
    void empty() {
        while (retained.size() > 0) {
            retained.evictOldest();
        }
    }

    /** Sweep: holds a window to its share when nothing is appended, and gives back its slots. */
    void trim(long share) {
        bound(share);
        retained.trim();
    }

    /** @param share bytes that one window may pin, now that there are so many patterns */
    private void bound(long share) {
        long most = Math.min(WINDOW_BYTES, share);
        while (retained.size() > WINDOW || retained.bytes() > most) {
            retained.evictOldest();
        }
    }

    // ---- readers ----

    @Override
    long floor() {
        long floor = lost;
        int n = count;
        Channel[] all = visible;
        for (int i = 0; i < n && i < all.length; i++) {
            Channel channel = all[i];
            if (channel != null) {
                floor = Math.max(floor, channel.floor());
            }
        }
        return Math.min(floor, retained.floor()); // its window may have what the channels have not
    }

    @Override
    void open(Merge merge, Subscription subscription, long upTo) {
        if (lastId() <= subscription.cursor) {
            return;
        }
        Retained.Reader window = retained.read(subscription.cursor, upTo);
        if (window.gapTo() == 0) {
            merge.add(name(), window, subscription);
            return;
        }
        merge.setApart();
        int n = count;
        Channel[] all = visible;
        int gaps = merge.gapCount();
        long missing = Math.min(lost, upTo);
        if (missing > subscription.cursor) {
            merge.gap(name(), missing, subscription);
        }
        for (int i = 0; i < n && i < all.length; i++) {
            Channel channel = all[i];
            if (channel != null && channel.lastId() > subscription.cursor) {
                merge.add(channel.name(), channel.retained.read(subscription.cursor, upTo), subscription);
            }
        }
        merge.summariseGaps(gaps, MOST_GAPS, subscription);
    }
}
