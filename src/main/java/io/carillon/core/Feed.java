package io.carillon.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is subscribed to, and the answers that wait to be written before what these bring.
 *
 * <p>Its monitor guards both and is held for nothing else. Who drains reads {@link #all()} first and then
 * {@link #pollNotice()}: an answer is queued before its subscription is listed, so it is written before.
 */
final class Seats {
    private static final Subscription[] NONE = new Subscription[0];
    /** Answers that wait for a client that does not read them; more end the connection. */
    static final int MOST_NOTICES = 256;

    private volatile Subscription[] all = NONE;
    private @Nullable ArrayDeque<Frame> notices;
    private volatile boolean noticed;
    private boolean closed;

    // ---- subscriptions: replaced, never changed ----

    /** At one moment; the caller must not change the array. */
    Subscription[] all() {
        return all;
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

    /** True when an answer waits. */
    boolean noticed() {
        return noticed;
    }

    /** The next answer; null when none waits. */
    @Nullable
    Frame pollNotice() {
        return noticed ? poll() : null;
    }

    private synchronized @Nullable Frame poll() {
        Frame notice = notices == null ? null : notices.poll();
        if (notices == null || notices.isEmpty()) {
            notices = null;
            noticed = false;
        }
        return notice;
    }
}
