package io.carillon.log.journal;

import io.carillon.core.Appended;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.LogFullException;
import io.carillon.core.LogHealth;
import io.carillon.core.LogLine;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.log.Intake;
import io.carillon.log.journal.Store.StoreFullException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that appends. It takes all batches that wait, writes them with one write (and one sync), hands them to
 * the tail, and then tells their publishers: so the more there are who wait, the less each of them costs.
 *
 * <p>A write for which there is no room is taken back, and its publishers are told; the next one is tried anew. After
 * any other failure nobody knows what is on the disk: nothing is written again until the hub is started anew.
 */
final class Writer implements Runnable {
    private static final System.Logger LOG = System.getLogger(Writer.class.getName());
    private static final int BUFFER = 1 << 20;

    private final Waiting waiting = new Waiting();
    private final Segments segments;
    private final Floors floors;
    private final Intake intake;
    private final Reservation reservation;
    private final Log.Tail tail;
    private final HubClock clock;
    private final boolean always;
    private final RecordBuffer buffer = new RecordBuffer(BUFFER);
    private final List<Publication> group = new ArrayList<>();

    private volatile boolean closing;
    private volatile long released;
    private volatile @Nullable String failure;
    private volatile boolean full;
    private long releasedBefore;

    Writer(
            Segments segments,
            Floors floors,
            Intake intake,
            Reservation reservation,
            Log.Tail tail,
            HubClock clock,
            SyncPolicy sync) {
        this.segments = segments;
        this.floors = floors;
        this.intake = intake;
        this.reservation = reservation;
        this.tail = tail;
        this.clock = clock;
        this.always = sync == SyncPolicy.ALWAYS;
    }

    // ---- for the others ----

    /** Puts a batch in line. */
    void add(Pending pending, Thread thread) {
        String why = failure;
        if (why != null) {
            throw new LogUnavailableException(why);
        }
        if (!waiting.add(pending, thread)) {
            throw new LogUnavailableException("the log is closed");
        }
    }

    /** Nothing up to that id is retained. */
    void release(long upTo, Thread thread) {
        released = upTo;
        LockSupport.unpark(thread);
    }

    /** Finishes what waits, and ends. */
    void close(Thread thread) {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** From now on nothing is written, until the hub is started anew. */
    synchronized void poison(Throwable cause) {
        if (failure == null) {
            failure = "the journal's disk has failed: nothing is stored until the hub is restarted";
            LOG.log(
                    Level.ERROR,
                    LogLine.of("journal.failed")
                            .with("cause", cause)
                            .say("the journal failed; it takes nothing more until the hub is restarted"),
                    cause);
            try {
                reservation.doubt();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the failure could not be noted in the journal: {0}", e.toString());
            }
        }
    }

    /** For the start, before the thread runs. */
    RecordBuffer buffer() {
        return buffer;
    }

    LogHealth health() {
        return segments.health(failure, full);
    }

    boolean isPoisoned() {
        return failure != null;
    }

    // ---- the thread ----

    @Override
    public void run() {
        while (!closing) {
            Pending oldest = waiting.takeAll();
            if (oldest != null) {
                commit(oldest);
            } else if (released != releasedBefore) {
                reclaim();
            } else {
                LockSupport.park(this);
            }
        }
        Pending last = waiting.close();
        if (last != null) {
            commit(last);
        }
    }

    private void commit(Pending oldest) {
        String why = failure;
        if (why != null) {
            fail(oldest, new LogUnavailableException(why));
            return;
        }
        try {
            store(oldest);
            tail.apply(group);
        } catch (StoreFullException e) {
            if (!full) {
                LOG.log(
                        Level.WARNING,
                        LogLine.of("journal.full")
                                .with("detail", e.getMessage())
                                .say("the journal has no room; publications are refused"));
            }
            full = true;
            refuse(oldest, new LogFullException("the journal's disk is full"));
            return;
        } catch (Throwable e) {
            poison(e);
            fail(oldest, new LogUnavailableException(String.valueOf(failure)));
            return;
        } finally {
            group.clear();
        }
        if (full) {
            LOG.log(Level.INFO, LogLine.of("journal.room").say("the journal has room again"));
            full = false;
        }
        for (Pending one = oldest; one != null; one = one.next) {
            one.complete();
        }
    }

    /** Writes a group: all of it is stored, or nothing. */
    private void store(Pending oldest) throws IOException {
        long before = intake.lastId();
        segments.makeReady(floors, buffer, before + 1);
        long start = segments.position();
        long now = clock.millis();
        try {
            for (Pending one = oldest; one != null; one = one.next) {
                int from = group.size();
                one.answers = intake.take(one.batch, now, group);
                if (group.size() > from) {
                    encode(one, from, now);
                }
            }
            if (group.isEmpty()) {
                return;
            }
            long last = intake.lastId();
            reservation.use(last);
            segments.write(buffer);
            if (always) {
                segments.force(last);
            }
            segments.written(last, now);
        } catch (StoreFullException e) {
            buffer.clear();
            intake.forgetAfter(before);
            segments.truncate(start);
            throw e;
        }
        for (Publication stored : group) {
            floors.add(stored.channel(), stored.id());
        }
    }

    private void encode(Pending one, int from, long now) throws IOException {
        int bytes = RecordBuffer.entriesOverhead();
        for (NewPublication publication : one.batch) {
            bytes = Math.addExact(bytes, RecordBuffer.mostBytesOf(publication));
        }
        if (!buffer.fits(bytes)) {
            segments.write(buffer);
        }
        long first = group.get(from).id();
        int start = buffer.beginEntries(bytes, first, segments.durable(), now, group.size() - from);
        int stored = from;
        for (int i = 0; i < one.batch.size(); i++) {
            Appended answer = one.answers.get(i);
            if (!answer.duplicate()) {
                buffer.entry(group.get(stored++), one.batch.get(i).key());
            }
        }
        buffer.end(start);
    }

    private void reclaim() {
        long upTo = released;
        releasedBefore = upTo;
        try {
            segments.release(upTo, clock.millis());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a segment of the journal could not be deleted: {0}", e.toString());
        }
    }

    /** Nothing of the group is stored. What was stored before needs no room: its publisher must not hear that it is not. */
    private void refuse(Pending oldest, LogFullException why) {
        for (Pending one = oldest; one != null; one = one.next) {
            List<Appended> known = intake.known(one.batch);
            if (known == null) {
                one.fail(why);
            } else {
                one.answers = known;
                one.complete();
            }
        }
    }

    private static void fail(Pending oldest, RuntimeException why) {
        for (Pending one = oldest; one != null; one = one.next) {
            one.fail(why);
        }
    }
}
