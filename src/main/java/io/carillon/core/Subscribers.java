package io.carillon.core;

import java.util.Arrays;

/**
 * The subscriptions of one source. Join and leave are O(1) under this object's monitor, which is held for nothing else;
 * the fan-out walks a copy that is made only after a change.
 */
final class Subscribers {
    private static final Subscription[] NONE = new Subscription[0];

    private Subscription[] slots = NONE;
    private Subscription[] copy = NONE;
    private boolean changed;
    private boolean retired;
    private volatile int count;

    /** False when the source was retired: look it up again. */
    synchronized boolean add(Subscription subscription) {
        if (retired) {
            return false;
        }
        int n = count;
        if (n == slots.length) {
            slots = Arrays.copyOf(slots, Math.max(2, n + (n >> 1)));
        }
        slots[n] = subscription;
        subscription.slot = n;
        count = n + 1;
        changed = true;
        return true;
    }

    /** Idempotent. */
    synchronized boolean remove(Subscription subscription) {
        int slot = subscription.slot;
        if (slot < 0) {
            return false;
        }
        int last = count - 1;
        Subscription moved = slots[last];
        slots[slot] = moved;
        moved.slot = slot;
        Arrays.fill(slots, last, last + 1, null);
        subscription.slot = -1;
        count = last;
        changed = true;
        copy = NONE; // it must not keep the one that has left
        if (last == 0) {
            slots = NONE;
        } else if (slots.length > 16 && last < slots.length / 4) {
            slots = Arrays.copyOf(slots, slots.length / 2);
        }
        return true;
    }

    /** All subscriptions at one moment; the caller must not change the array. */
    synchronized Subscription[] snapshot() {
        if (changed) {
            copy = count == 0 ? NONE : Arrays.copyOf(slots, count);
            changed = false;
        }
        return copy;
    }

    /** From now on nobody can join; false when somebody is here. */
    synchronized boolean retire() {
        if (count == 0) {
            retired = true;
        }
        return retired;
    }

    int count() {
        return count;
    }
}
