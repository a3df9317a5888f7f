package io.carillon.log;

import io.carillon.core.Appended;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log that lives as long as the process: it hands out ids and remembers keys, the index keeps the entries.
 *
 * <p>One lock, held while an append is given its ids and applied to the tail: so the tail is called in id order, on the
 * publisher's thread.
 */
public final class MemoryLog implements Log {
    private final HubClock clock;
    private final Intake intake;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Tail tail;
    private boolean closed;

    public MemoryLog(HubClock clock, KeyLimits keys) {
        this.clock = clock;
        this.intake = new Intake(keys);
    }

    @Override
    public void start(Tail tail) {
        lock.lock();
        try {
            if (this.tail != null) {
                throw new IllegalStateException("started before");
            }
            this.tail = tail;
            long base = clock.millis() * 1000;
            intake.startAfter(base);
            tail.begin(base);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Appended> append(List<NewPublication> batch) {
        lock.lock();
        try {
            Tail to = tail;
            if (closed || to == null) {
                throw new LogUnavailableException(closed ? "the log is closed" : "the log has not been started");
            }
            List<Publication> stored = new ArrayList<>(batch.size());
            List<Appended> answers = intake.take(batch, clock.millis(), stored);
            to.apply(stored);
            return answers;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
