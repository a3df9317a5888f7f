package io.carillon.log;

import io.carillon.core.Appended;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final KeyWindow keys;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Tail tail;
    private long lastId;
    private boolean closed;

    /** @param keyWindow for how long a key is remembered */
    public MemoryLog(HubClock clock, Duration keyWindow) {
        this.clock = clock;
        this.keys = new KeyWindow(keyWindow);
    }

    @Override
    public void start(Tail tail) {
        lock.lock();
        try {
            if (this.tail != null) {
                throw new IllegalStateException("started before");
            }
            this.tail = tail;
            lastId = clock.millis() * 1000;
            tail.begin(lastId);
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
            long now = clock.millis();
            keys.expire(now);
            List<Appended> answers = new ArrayList<>(batch.size());
            List<Publication> stored = new ArrayList<>(batch.size());
            Map<String, Appended> fresh = new HashMap<>();
            for (NewPublication publication : batch) {
                answers.add(take(publication, now, stored, fresh));
            }
            keys.remember(fresh, now);
            to.apply(stored);
            return answers;
        } finally {
            lock.unlock();
        }
    }

    private Appended take(NewPublication publication, long now, List<Publication> stored, Map<String, Appended> fresh) {
        String channel = publication.channel().value();
        String key = publication.key() == null ? null : KeyWindow.scoped(channel, publication.key());
        if (key != null) {
            Appended first = keys.find(key);
            if (first == null) {
                first = fresh.get(key);
            }
            if (first != null) {
                return new Appended(first.id(), channel, true);
            }
        }
        long id = ++lastId;
        long expires = expires(publication.ttl(), now);
        stored.add(new Publication(id, channel, publication.event(), publication.data(), now, expires));
        Appended answer = new Appended(id, channel, false);
        if (key != null) {
            fresh.put(key, answer);
        }
        return answer;
    }

    /** A time to live that does not fit into a clock is for ever. */
    private static long expires(@Nullable Duration ttl, long now) {
        if (ttl == null || ttl.isZero() || ttl.toSeconds() > Long.MAX_VALUE / 2_000 - now / 1_000) {
            return 0;
        }
        return now + ttl.toMillis();
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
