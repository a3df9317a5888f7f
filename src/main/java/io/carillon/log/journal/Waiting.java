package io.carillon.log.journal;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The batches that wait for the writer. Any number of threads add, one takes all at once; no lock. */
final class Waiting {
    /** Its place says that no more is taken. */
    private static final Pending CLOSED = new Pending(List.of(), null);

    private final AtomicReference<@Nullable Pending> newest = new AtomicReference<>();

    /** False once it is closed. The writer is woken if it may be asleep. */
    boolean add(Pending pending, Thread writer) {
        Pending before;
        do {
            before = newest.get();
            if (before == CLOSED) {
                return false;
            }
            pending.next = before;
        } while (!newest.compareAndSet(before, pending));
        if (before == null) {
            LockSupport.unpark(writer);
        }
        return true;
    }

    /** Takes all, oldest first in a chain; null when there is none. */
    @Nullable
    Pending takeAll() {
        return newest.get() == null ? null : oldestFirst(newest.getAndSet(null));
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /** The last ones that are taken: none is added any more. */
    @Nullable
    Pending close() {
        return oldestFirst(newest.getAndSet(CLOSED));
    }

    private static @Nullable Pending oldestFirst(@Nullable Pending newest) {
        Pending chain = null;
        for (Pending one = newest; one != null && one != CLOSED; ) {
            Pending older = one.next;
            one.next = chain;
            chain = one;
            one = older;
        }
        return chain;
    }
}
