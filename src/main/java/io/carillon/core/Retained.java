package io.carillon.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The retained publications of one source, oldest first, in a ring that grows and shrinks.
 *
 * <p>One writer (whoever holds the index' lock), any number of readers without a lock. A reader holds ids, never places:
 * so one that is stuck pins nothing. What makes it exact:
 * <ul>
 *   <li>the writer evicts in the order <em>floor, head, slot</em>; a reader trusts a slot only if head has not passed
 *       it after the slot was read;
 *   <li>a ring that was replaced is frozen, its entries stay valid; a reader takes the ring after the watermark, and
 *       anew when the floor has overtaken what it found there.
 * </ul>
 */
final class Retained {
    private static final int SMALLEST = 4;

    /** Slots by sequence number; {@code head} is the oldest retained, {@code tail} the next to be written. */
    private static final class Ring {
        final AtomicReferenceArray<@Nullable Publication> slots;
        final int mask;
        volatile long head;
        volatile long tail;

        Ring(int capacity) {
            slots = new AtomicReferenceArray<>(capacity);
            mask = capacity - 1;
        }

        @Nullable
        Publication at(long sequence) {
            Publication publication = slots.getAcquire((int) sequence & mask);
            return head > sequence ? null : publication;
        }
    }

    private volatile @Nullable Ring ring;
    private volatile long floor;
    private volatile long lastId;
    private long bytes;

    Retained(long floor) {
        this.floor = floor;
        this.lastId = floor;
    }

    /** Newest id that was here and is no longer, or that was never kept. */
    long floor() {
        return floor;
    }

    /** Newest id that was appended, or the first floor. */
    long lastId() {
        return lastId;
    }

    /** Writer only: sum of the sizes. */
    long bytes() {
        return bytes;
    }

    int size() {
        Ring current = ring;
        return current == null ? 0 : (int) Math.max(0, current.tail - current.head);
    }

    // ---- the writer ----

    void append(Publication publication) {
        Ring current = ring;
        if (current == null) {
            current = new Ring(SMALLEST);
            ring = current;
        } else if (current.tail - current.head == current.mask + 1L) {
            current = resize(current, (current.mask + 1) * 2);
        }
        long tail = current.tail;
        current.slots.setRelease((int) tail & current.mask, publication);
        current.tail = tail + 1;
        bytes += publication.bytes();
        lastId = publication.id();
    }

    @Nullable
    Publication oldest() {
        Ring current = ring;
        return current == null || current.head == current.tail ? null : current.at(current.head);
    }

    /** Drops the oldest; there must be one. Returns the bytes that it frees. */
    int evictOldest() {
        Publication publication = oldest();
        Ring current = ring;
        if (publication == null || current == null) {
            throw new IllegalStateException("nothing to evict");
        }
        floor = publication.id();
        long head = current.head;
        current.head = head + 1;
        current.slots.setRelease((int) head & current.mask, null);
        bytes -= publication.bytes();
        return publication.bytes();
    }

    /** Gives back slots after many were evicted. */
    void trim() {
        Ring current = ring;
        if (current == null) {
            return;
        }
        int size = size();
        if (size == 0) {
            ring = null;
        } else if (current.mask + 1 > SMALLEST && size <= (current.mask + 1) / 4) {
            resize(current, Math.max(SMALLEST, Integer.highestOneBit(size) * 2));
        }
    }

    private Ring resize(Ring from, int capacity) {
        Ring to = new Ring(capacity);
        for (long s = from.head; s < from.tail; s++) {
            to.slots.setPlain((int) s & to.mask, from.at(s));
        }
        to.head = from.head;
        to.tail = from.tail;
        ring = to;
        return to;
    }

    // ---- readers ----

    /**
     * A reader's place during one read: the first entry after an id, then one by one. Not safe for concurrent use,
     * lives for one drain.
     */
    final class Reader {
        private final long upTo;
        private @Nullable Ring from;
        private long end;
        private long sequence;
        private long gapTo;
        private boolean evicted;
        private @Nullable Publication current;

        private Reader(long after, long upTo) {
            this.upTo = upTo;
            while (!seek(after)) {
                Thread.onSpinWait();
            }
        }

        /** The entry that it stands at; null when there is none up to the watermark, or it was {@link #evicted()}. */
        @Nullable
        Publication current() {
            return current;
        }

        /** Entries between {@code after} and this id are no longer here; 0 when nothing is missing. */
        long gapTo() {
            return gapTo;
        }

        /** True when the writer was faster than this reader: read again, a gap will show. */
        boolean evicted() {
            return evicted;
        }

        void advance() {
            sequence++;
            take();
        }

        private void take() {
            current = null;
            if (from == null || sequence >= end) {
                return;
            }
            Publication publication = from.at(sequence);
            if (publication == null) {
                evicted = true;
            } else if (publication.id() <= upTo) {
                current = publication;
            }
        }

        /** False when what it stands at was evicted under its feet. */
        private boolean seek(long after) {
            gapTo = 0;
            evicted = false;
            current = null;
            Ring from = ring;
            this.from = from;
            if (from == null) {
                gapTo = gap(after, floor);
                return true;
            }
            end = from.tail;
            long low = from.head;
            long high = end;
            // Live readers stand near the end: look there first, in steps that double.
            for (long step = 1; high - step > low; step *= 2) {
                Publication p = from.at(high - step);
                if (p == null || p.id() <= after) {
                    low = high - step;
                    break;
                }
                high -= step;
            }
            boolean contiguous = false;
            while (low < high) {
                long middle = (low + high) >>> 1;
                Publication p = from.at(middle);
                if (p == null) {
                    low = middle + 1;
                    contiguous = false;
                } else if (p.id() <= after) {
                    low = middle + 1;
                    contiguous = true;
                } else {
                    high = middle;
                }
            }
            sequence = low;
            take();
            if (evicted) {
                return false;
            }
            if (!contiguous) {
                long lost = floor;
                if (current != null && lost >= current.id()) {
                    return false;
                }
                gapTo = gap(after, lost);
            }
            return true;
        }

        private long gap(long after, long lost) {
            long to = Math.min(lost, upTo);
            return to > after ? to : 0;
        }
    }

    /**
     * What is retained from some time on.
     *
     * @param all true if nothing older is retained
     * @param oldest when the first of them was published, milliseconds since the epoch; 0 when there is none
     * @param newest when the last that is retained was published, of that time or older; 0 when nothing is retained
     */
    record Recent(int count, boolean all, long oldest, long newest) {}

    /** Exact while nobody writes, else as good as that. By bisection: times rise with ids. */
    Recent since(long millis) {
        Ring from = ring;
        if (from == null) {
            return new Recent(0, true, 0, 0);
        }
        long end = from.tail;
        long first = from.head;
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Publication p = from.at(middle);
            if (p == null || p.time() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return new Recent((int) (end - low), low == first, time(from, low, end), time(from, end - 1, end));
    }

    private static long time(Ring from, long sequence, long end) {
        Publication publication = sequence >= 0 && sequence < end ? from.at(sequence) : null;
        return publication == null ? 0 : publication.time();
    }

    /** Reads what follows {@code after} and is visible: not newer than {@code upTo}, the watermark read before. */
    Reader read(long after, long upTo) {
        return new Reader(after, upTo);
    }
}
