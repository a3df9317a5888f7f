package io.carillon.log.journal;

import io.carillon.core.HubClock;
import io.carillon.core.LogHealth;
import io.carillon.log.journal.Store.StoreFile;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The segment files, oldest first; the last is the one that is appended to. One thread, but for {@link #force}, which
 * may come from another; the lock keeps the file open meanwhile.
 */
final class Segments implements Closeable {
    private static final System.Logger LOG = System.getLogger(Segments.class.getName());
    private static final String UNFINISHED = "next.tmp";

    /**
     * What is known of one of them.
     *
     * @param lastId the newest id in it, or before it
     * @param lastTime when that was taken
     */
    record Segment(String name, long size, long lastId, long lastTime) {}

    private final Store store;
    private final JournalSettings settings;
    private final HubClock clock;
    private final ArrayDeque<Segment> sealed = new ArrayDeque<>();
    private final ReentrantLock open = new ReentrantLock();

    private String name = "";
    private volatile @Nullable StoreFile file;
    private long position;
    private volatile long lastId;
    private long lastTime;
    private long sealedBytes;

    /** The newest id that the disk has for certain. */
    private volatile long durable;

    /** When it had everything for the last time, milliseconds since the epoch. */
    private volatile long lastSync;

    /** For those who look: all files together. */
    private volatile long bytes;

    private volatile int files;

    Segments(Store store, JournalSettings settings, HubClock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** From any thread. */
    LogHealth health(@Nullable String failure, boolean full) {
        return new LogHealth(failure, full, bytes, files, lastSync, Math.max(0, lastId - durable));
    }

    private void count() {
        bytes = sealedBytes + position;
        files = sealed.size() + (file == null ? 0 : 1);
    }

    /** One that was there at the start; the last of these calls names the one to be appended to. */
    void found(Segment segment) throws IOException {
        StoreFile before = file;
        if (before != null) {
            before.close();
            seal();
        }
        name = segment.name;
        position = segment.size;
        lastId = segment.lastId;
        lastTime = segment.lastTime;
        file = store.open(name);
        count();
    }

    long durable() {
        return durable;
    }

    /** The newest id that is in the log. */
    long lastId() {
        return lastId;
    }

    long position() {
        return position;
    }

    /** Begins the next file when this one is full. Only between two groups. */
    void makeReady(Floors floors, RecordBuffer buffer, long firstId) throws IOException {
        if (file == null || position >= settings.segment()) {
            begin(floors, buffer, firstId);
            reclaim();
        }
    }

    /** What is full is on the disk, whatever the policy, before the next begins; what has its name has a whole head. */
    void begin(Floors floors, RecordBuffer buffer, long firstId) throws IOException {
        force();
        store.delete(UNFINISHED);
        StoreFile next = store.open(UNFINISHED);
        long[] size = {0};
        try {
            floors.write(buffer, lastId, () -> size[0] = flush(buffer, next, size[0]));
            size[0] = flush(buffer, next, size[0]);
            next.force();
        } catch (IOException e) {
            buffer.clear();
            next.close();
            store.delete(UNFINISHED);
            throw e;
        }
        String nextName = Format.segmentName(firstId);
        store.rename(UNFINISHED, nextName);
        store.sync();
        open.lock();
        try {
            StoreFile full = file;
            if (full != null) {
                full.close();
                seal();
            }
            name = nextName;
            file = next;
            position = size[0];
            count();
        } finally {
            open.unlock();
        }
    }

    private void seal() {
        sealed.add(new Segment(name, position, lastId, lastTime));
        sealedBytes += position;
    }

    private static long flush(RecordBuffer buffer, StoreFile to, long at) throws IOException {
        var bytes = buffer.flip();
        int length = bytes.remaining();
        to.write(bytes, at);
        buffer.clear();
        return at + length;
    }

    /** Appends what is in the buffer, and empties it. */
    void write(RecordBuffer buffer) throws IOException {
        position = flush(buffer, current(), position);
        count();
    }

    /** A group is whole: what was written last has that id and time. */
    void written(long id, long time) {
        lastId = id;
        lastTime = time;
    }

    /** Takes back what a group wrote. */
    void truncate(long to) throws IOException {
        current().truncate(to);
        position = to;
        count();
    }

    /** When it returns, the disk has every whole group that was written before the call. Nothing to do is no work. */
    void force() throws IOException {
        long upTo = lastId;
        long now = clock.millis();
        if (upTo > durable) {
            open.lock();
            try {
                StoreFile current = file;
                if (current != null) {
                    current.force();
                }
                durable = upTo;
            } finally {
                open.unlock();
            }
        }
        lastSync = now;
    }

    /**
     * Writes the last file anew, with what is in it. After a sync that failed the kernel may take for written what the
     * disk does not have; only what is written again will be synced.
     */
    void rewrite() throws IOException {
        StoreFile current = current();
        ByteBuffer part = ByteBuffer.allocate(1 << 20);
        for (long at = 0; at < position; at += part.limit()) {
            part.clear().limit((int) Math.min(part.capacity(), position - at));
            for (long from = at; part.hasRemaining(); ) {
                int read = current.read(part, from);
                if (read < 0) {
                    throw new IOException(name + " became shorter while it was read");
                }
                from += read;
            }
            current.write(part.flip(), at);
        }
    }

    /** Makes the group that is being written durable, before it counts as written. */
    void force(long id) throws IOException {
        long now = clock.millis();
        current().force();
        durable = id;
        lastSync = now;
    }

    private StoreFile current() {
        StoreFile current = file;
        if (current == null) {
            throw new IllegalStateException("no segment is open");
        }
        return current;
    }

    // ---- retention ----

    /** Deletes what nobody needs: no entry of it is retained, no key in it counts any more. */
    void release(long upTo, long now) throws IOException {
        for (Segment oldest; (oldest = sealed.peek()) != null; ) {
            boolean keysCount = oldest.lastTime + settings.keys().window().toMillis() > now;
            if (oldest.lastId > upTo || keysCount) {
                return;
            }
            delete(oldest, "nothing in it is retained");
        }
    }

    /** Deletes the oldest until the rest is within the bound. */
    private void reclaim() throws IOException {
        for (Segment oldest; sealedBytes > settings.size() && (oldest = sealed.peek()) != null; ) {
            delete(oldest, "the journal is above carillon.journal.size");
        }
    }

    private void delete(Segment oldest, String why) throws IOException {
        store.delete(oldest.name);
        store.sync(); // one after the other, so that a power cut brings back no hole
        sealed.remove();
        sealedBytes -= oldest.size;
        count();
        LOG.log(Level.DEBUG, "deleted {0}: {1}", store.path(oldest.name), why);
    }

    /** What was written last is not forced. */
    @Override
    public void close() throws IOException {
        open.lock();
        try {
            StoreFile current = file;
            file = null;
            if (current != null) {
                current.close();
            }
        } finally {
            open.unlock();
        }
    }
}
