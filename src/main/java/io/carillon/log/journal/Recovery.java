package io.carillon.log.journal;

import io.carillon.core.Log;
import io.carillon.core.Publication;
import io.carillon.log.Intake;
import io.carillon.log.journal.Store.StoreFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the journal at the start, from its oldest segment on, and gives the tail what is in it.
 *
 * <p>Where something is no record, it depends on what follows. If the disk had it for certain, it has been damaged: the
 * start is refused, or goes on behind it when the operator says so. Else it is what the end of the process or of the
 * power left of the last writes, which nobody relies on: it is cut off. Lives for one start, on its thread.
 */
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final int BATCH = 1000;
    private static final int BATCH_BYTES = 1 << 20;

    private final Store store;
    private final Segments segments;
    private final Floors floors;
    private final Intake intake;
    private final Log.Tail tail;
    private final boolean all;
    private final boolean skip;
    private final long keysSince;

    private final List<Publication> batch = new ArrayList<>(BATCH);
    private int batchBytes;
    private long base;
    private long lastId;
    private long lastTime;
    private long entries;
    private long notedLoss;
    /** Something was skipped just now, how much shows with the next id. */
    private boolean hole;
    /** Something at the end of the newest segment was broken that no kill leaves so. */
    private boolean spoiltEnd;

    /** @param all everything that was written must be there: the kernel was not started anew */
    Recovery(
            Store store,
            JournalSettings settings,
            Segments segments,
            Floors floors,
            Intake intake,
            Log.Tail tail,
            boolean all,
            long now) {
        this.store = store;
        this.segments = segments;
        this.floors = floors;
        this.intake = intake;
        this.tail = tail;
        this.all = all;
        this.skip = settings.skipDamage();
        this.keysSince = now - settings.keys().window().toMillis();
    }

    /**
     * Reads everything. The tail has then been begun, unless there is nothing at all.
     *
     * @return how many entries there were, or -1 if there is no segment
     */
    long run() throws IOException {
        List<String> names = store.names().stream().filter(Format::isSegment).toList();
        for (int i = 0; i < names.size(); i++) {
            try (StoreFile file = store.open(names.get(i))) {
                read(names.get(i), file, i == 0, i == names.size() - 1);
            }
        }
        hand();
        return names.isEmpty() ? -1 : entries;
    }

    /** The newest id that is known of. */
    long lastId() {
        return lastId;
    }

    /** What the tail was told to begin with. */
    long base() {
        return base;
    }

    /** The loss that the newest segment tells of. */
    long notedLoss() {
        return notedLoss;
    }

    /** Something was skipped at the very end, so how much is not known. */
    boolean endsInHole() {
        return hole;
    }

    /** The end was cut off, and looked like something that had once been whole, though the kernel has kept all writes. */
    boolean endWasSpoilt() {
        return spoiltEnd;
    }

    // ---- one segment ----

    private void read(String name, StoreFile file, boolean first, boolean last) throws IOException {
        RecordReader reader = new RecordReader(file);
        boolean headless = !head(name, reader, first);
        if (headless && first) {
            tail.begin(0); // what is missing shows with the first good record
        }
        while (true) {
            while (reader.next()) {
                take(reader.body());
            }
            if (!headless && reader.atEnd()) {
                break;
            }
            long broken = reader.position();
            boolean parted = reader.endsTooEarly();
            long durable = reader.seekEntriesAfter(lastId);
            boolean wasOnDisk = headless || !last || (durable >= 0 && (all || durable > lastId));
            if (!wasOnDisk) {
                spoiltEnd = all && !parted;
                cut(name, file, broken);
                segments.found(new Segments.Segment(name, broken, lastId, lastTime));
                return;
            }
            String what = headless ? "the head of the segment is broken" : "a record is broken";
            damaged(name, broken, reader.position() - broken, what);
            headless = false;
        }
        segments.found(new Segments.Segment(name, reader.position(), lastId, lastTime));
    }

    private boolean head(String name, RecordReader reader, boolean first) throws IOException {
        if (!reader.next() || reader.body().get() != Format.HEAD) {
            reader.rewind();
            return false;
        }
        ByteBuffer head = reader.body();
        byte version = head.get(1);
        if (version != Format.VERSION) {
            throw new JournalException(store.path(name) + " has format " + version + ", this hub reads "
                    + Format.VERSION + "; use the hub that wrote it, or another carillon.journal.dir");
        }
        long previous = head.getLong(2);
        long base = head.getLong(10);
        long lost = head.getLong(18);
        int records = head.getInt(26);
        for (int i = 0; i < records; i++) {
            if (!reader.next() || reader.body().get() != Format.FLOORS) {
                reader.rewind();
                return false;
            }
            if (first) {
                floors.read(reader.body().position(1));
            }
        }
        if (first) {
            lastId = previous;
            floors.raiseBase(Math.max(base, lost));
            begin();
        } else if (previous != lastId) {
            String what = "it follows id " + previous + ", but the newest before it is " + lastId
                    + ": a segment file is missing";
            damaged(name, 0, 0, what);
            known(previous);
        }
        floors.raiseLost(lost);
        notedLoss = lost;
        known(previous);
        return true;
    }

    private void begin() {
        base = floors.base();
        tail.begin(base);
        for (Floors.Newest newest : floors.channels()) {
            if (newest.id > base) {
                tail.dropped(newest.channel, newest.id);
            }
        }
    }

    // ---- one record ----

    private void take(ByteBuffer body) {
        if (body.get() != Format.ENTRIES) {
            return;
        }
        Entries record = new Entries(body);
        if (record.first <= lastId) {
            return; // a copy of what was there
        }
        known(record.first - 1);
        for (int i = 0; i < record.count; i++) {
            Publication publication = record.next(floors::intern);
            String key = record.key();
            if (key != null && record.time > keysSince) {
                intake.remember(publication.channel(), publication.id(), key, record.time);
            }
            floors.add(publication.channel(), publication.id());
            batch.add(publication);
            batchBytes += publication.bytes();
            if (batch.size() == BATCH || batchBytes > BATCH_BYTES) {
                hand();
            }
        }
        lastId = record.first + record.count - 1;
        lastTime = record.time;
        entries += record.count;
    }

    private void hand() {
        tail.apply(batch);
        batch.clear();
        batchBytes = 0;
    }

    /** Ids up to this one were given out: so far at most reaches what was skipped before. */
    private void known(long id) {
        if (hole && id > lastId) {
            LOG.log(Level.WARNING, "entries with ids from {0} to {1} are lost", text(lastId + 1), text(id));
            floors.raiseLost(id);
        }
        hole = false;
        lastId = Math.max(lastId, id);
    }

    // ---- what is no record ----

    private void cut(String name, StoreFile file, long at) throws IOException {
        LOG.log(
                Level.WARNING,
                "{0}: cut off {1} bytes at offset {2}: what was being written when the hub or the machine stopped",
                store.path(name),
                text(file.size() - at),
                text(at));
        file.truncate(at);
    }

    private void damaged(String name, long from, long bytes, String what) {
        String where = store.path(name) + " is damaged at offset " + from + ": " + what;
        if (!skip) {
            throw new JournalException(
                    where + ". The hub does not start, so that nothing goes missing unnoticed. Restore"
                            + " the file, or set carillon.journal.repair=skip to go on without what is damaged: who resumes"
                            + " from before it hears of a gap.");
        }
        hole = true;
        LOG.log(Level.WARNING, "{0}; skipped {1} bytes", where, text(bytes));
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
