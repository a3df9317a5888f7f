package io.carillon.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What is written to one connection next: answers that wait, then what its subscriptions bring.
 *
 * <p>The monitor guards the list of subscriptions and the answers, and is held for nothing else. {@link #next} reads the list
 * first and the answers then: an answer is queued before its subscription is listed, so it is written before. It moves
 * the cursors, so it is called by one drain at a time.
 */
final class Feed {
    // Who asks how far it is may hear it a moment later, so a delivery need not wait until all processors have it.
    private static final AtomicLongFieldUpdater<Feed> CURSOR = AtomicLongFieldUpdater.newUpdater(Feed.class, "cursor");
    private static final AtomicLongFieldUpdater<Feed> DELIVERED =
            AtomicLongFieldUpdater.newUpdater(Feed.class, "delivered");
    private static final Subscription[] NONE = new Subscription[0];
    /** Answers that wait for a client that does not read them; more end the connection. */
    static final int MOST_NOTICES = 256;
    /** What is told of a cursor that this log never gave out, before its gap is: below every log's base, so a gap again. */
    private static final long STRANGE = 1;

    private volatile Subscription[] all = NONE;
    private @Nullable ArrayDeque<Frame> notices;
    private volatile boolean noticed;
    private boolean closed;
    private @Nullable Long asked;
    private volatile long cursor;
    private volatile long delivered;

    /**
     * Before the first drain: where the client stands.
     *
     * @param asked the cursor that it came with; 0 is all that is retained, null is from now
     */
    void startAt(@Nullable Long asked, long head) {
        this.asked = asked;
        this.cursor = asked == null ? head : asked > head ? STRANGE : asked;
    }

    /** The cursor that the client came with. */
    @Nullable
    Long asked() {
        return asked;
    }

    /** The client's cursor after the last frame; at first the one that it came with. */
    long cursor() {
        return cursor;
    }

    /** Publications in the frames so far. */
    long delivered() {
        return delivered;
    }

    // ---- subscriptions: replaced, never changed ----

    /** At one moment; nobody may change the array. */
    Subscription[] all() {
        return all;
    }

    /** The names, in the order of subscribing. */
    List<String> names() {
        Subscription[] now = all;
        List<String> names = new ArrayList<>(now.length);
        for (Subscription subscription : now) {
            names.add(subscription.name);
        }
        return names;
    }

    /** How many there are that the client has asked for. */
    int asks() {
        int asks = 0;
        for (Subscription subscription : all) {
            if (subscription.name.charAt(0) != '$') {
                asks++;
            }
        }
        return asks;
    }

    /** True if a pass of the fan-out, which has not begun yet, will bring all that there is to write. */
    boolean awaitsPass() {
        Subscription[] now = all;
        return now.length == 1 && now[0].source.turn().awaited() && !noticed;
    }

    /** True if nothing waits. Only of one channel is that known without a reading. */
    boolean settled() {
        Subscription[] now = all;
        return now.length == 1 && now[0].settled() && !noticed;
    }

    @Nullable
    Subscription find(String name) {
        for (Subscription subscription : all) {
            if (subscription.name.equals(name)) {
                return subscription;
            }
        }
        return null;
    }

    /**
     * Adds a subscription, or puts it in the place of one of the same name at once: no drain finds neither, so no cursor
     * passes over what the client is subscribed to.
     *
     * @param old the one that goes; null when there is none of that name
     * @param notice is written before what the subscription brings
     * @return false when all have been taken off for good, or when something else is at that name
     */
    synchronized boolean put(@Nullable Subscription old, Subscription subscription, @Nullable Frame notice) {
        if (closed || find(subscription.name) != old) {
            return false;
        }
        if (notice != null) {
            queue(notice);
        }
        int at = old == null ? all.length : Arrays.asList(all).indexOf(old);
        Subscription[] copy = Arrays.copyOf(all, Math.max(all.length, at + 1));
        copy[at] = subscription;
        all = copy;
        return true;
    }

    synchronized @Nullable Subscription remove(String name) {
        Subscription gone = find(name);
        if (gone != null) {
            Subscription[] rest = new Subscription[all.length - 1];
            int kept = 0;
            for (Subscription subscription : all) {
                if (subscription != gone) {
                    rest[kept++] = subscription;
                }
            }
            all = rest;
        }
        return gone;
    }

    /** Takes off all; from now on none can be added. */
    synchronized Subscription[] close() {
        Subscription[] last = all;
        all = NONE;
        closed = true;
        return last;
    }

    // ---- answers ----

    /** One after the other, with none of others between. */
    void queue(List<Frame> several) {
        if (!several.isEmpty()) {
            synchronized (this) {
                several.forEach(this::queue);
            }
        }
    }

    synchronized void queue(Frame notice) {
        if (notices == null) {
            notices = new ArrayDeque<>(4);
        }
        notices.add(notice);
        noticed = true;
    }

    /** True when more wait than a client may leave unread. */
    synchronized boolean overfull() {
        return notices != null && notices.size() > MOST_NOTICES;
    }

    private synchronized @Nullable Frame pollNotice() {
        Frame notice = notices == null ? null : notices.poll();
        if (notices == null || notices.isEmpty()) {
            notices = null;
            noticed = false;
        }
        return notice;
    }

    // ---- both ----

    /** As {@link Outlet#prefetch}. */
    int prefetch() {
        return all.length + (int) delivered;
    }

    /** The next frame, cursors moved past it; null when the client has everything. */
    @Nullable
    Frame next(Hub hub, Encoder encoder) {
        Subscription[] now = all; // before the answers
        while (true) {
            Frame notice = noticed ? pollNotice() : null;
            if (notice != null) {
                return notice;
            }
            long upTo = hub.index().watermark();
            Frame shared = now.length == 1 ? now[0].shared(encoder, upTo) : null;
            if (shared != null) {
                CURSOR.lazySet(this, shared.lastId());
                return counted(shared);
            }
            Reading reading =
                    new Reading(now, encoder, cursor, upTo, hub.clock().millis());
            if (reading.gaps() > 0) {
                hub.stats().gaps(reading.gaps());
            }
            queue(reading.apart()); // as many as it has subscriptions, not as the client likes
            CURSOR.lazySet(this, reading.cursor());
            Frame frame = reading.frame();
            if (frame != null) {
                return counted(frame);
            }
            if (reading.apart().isEmpty() && !reading.overtaken()) {
                return null;
            }
        }
    }

    private Frame counted(Frame frame) {
        long before = delivered; // one drain at a time, so this is no lost update
        DELIVERED.lazySet(this, before + frame.publications());
        return frame;
    }
}
