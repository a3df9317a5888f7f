package io.carillon.log.journal;

import io.carillon.core.Appended;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.LogHealth;
import io.carillon.core.LogLine;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Receipt;
import io.carillon.log.Intake;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log in segment files of a directory of its own: what it acknowledged outlives the process.
 *
 * <p>Appends wait for one thread, the {@link Writer}, which also calls the tail: an entry is stored first, as the
 * {@link SyncPolicy} says, then visible, then acknowledged. Publishers wait at most {@value #PATIENCE_SECONDS} s for it.
 *
 * <p>After a power cut that may have lost entries that were acknowledged (not with {@link SyncPolicy#ALWAYS}), the tail
 * is told that they are lost, and no id is given out twice.
 */
public final class JournalLog implements Log {
    private static final System.Logger LOG = System.getLogger(JournalLog.class.getName());
    private static final int PATIENCE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    /** Opens what a journal is kept in; throws {@link JournalException} when another journal has it. */
    interface Opener {
        Store open() throws IOException;
    }

    private record Running(Store store, Segments segments, Reservation reservation, Writer writer, Thread writing) {}

    private final JournalSettings settings;
    private final HubClock clock;
    private final Opener opener;
    private final Intake intake;
    private volatile @Nullable Running running;
    private @Nullable Syncer syncer;
    private @Nullable Thread syncing;
    private boolean closed;

    /** Does nothing yet: the directory is opened by {@code start}. */
    public JournalLog(JournalSettings settings, HubClock clock) {
        this(settings, clock, () -> DirectoryStore.open(settings.directory()));
    }

    JournalLog(JournalSettings settings, HubClock clock, Opener opener) {
        this.settings = settings;
        this.clock = clock;
        this.opener = opener;
        this.intake = new Intake(settings.keys());
    }

    /**
     * Reads the journal, on the caller's thread.
     *
     * @throws JournalException it is damaged, in use, or cannot be read or written
     */
    @Override
    public synchronized void start(Tail tail) {
        if (running != null || closed) {
            throw new IllegalStateException("started before");
        }
        Store store = null;
        try {
            store = opener.open();
            running = start(store, tail);
        } catch (IOException | RuntimeException e) {
            closeQuietly(store);
            throw e instanceof RuntimeException known
                    ? known
                    : new JournalException("the journal in " + settings.directory() + " cannot be opened: " + e, e);
        }
    }

    private Running start(Store store, Tail tail) throws IOException {
        long since = System.nanoTime();
        if (settings.skipDamage()) {
            LOG.log(
                    Level.WARNING,
                    "carillon.journal.repair=skip: what is damaged is passed over at this start and at each later one; set"
                            + " it back to refuse when this is over");
        }
        Reservation reservation = new Reservation(store);
        Segments segments = new Segments(store, settings, clock);
        Floors floors = new Floors(settings.channels());
        Writer writer = new Writer(segments, floors, intake, reservation, tail, clock, settings.sync());
        Beginning beginning = new Beginning(store, settings, segments, floors, intake, reservation);
        long entries;
        try {
            entries = beginning.run(tail, clock.millis(), writer.buffer());
        } catch (IOException | RuntimeException e) {
            closeQuietly(segments);
            closeQuietly(reservation);
            throw e;
        }
        Thread writing = daemon(writer, "carillon-journal");
        writing.start();
        if (settings.sync() == SyncPolicy.INTERVAL) {
            Syncer forcing = new Syncer(segments, writer, settings.interval());
            syncer = forcing;
            syncing = daemon(forcing, "carillon-journal-sync");
            syncing.start();
        }
        LOG.log(
                Level.INFO,
                LogLine.of("journal.opened")
                        .with("directory", settings.directory())
                        .with("entries", entries)
                        .with("millis", (System.nanoTime() - since) / 1_000_000)
                        .with("sync", settings.sync())
                        .say("the journal has been read"));
        return new Running(store, segments, reservation, writer, writing);
    }

    /** Not one of the server's: those are interrupted when the application stops, which closes a file in use. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public List<Appended> append(List<NewPublication> batch) {
        Running now = running;
        if (now == null) {
            throw new LogUnavailableException("the log has not been started");
        }
        Pending pending = new Pending(batch, null);
        now.writer.add(pending, now.writing);
        return pending.await(PATIENCE);
    }

    @Override
    public void append(List<NewPublication> batch, Receipt receipt) {
        Running now = running;
        if (now == null) {
            receipt.failed(new LogUnavailableException("the log has not been started"));
            return;
        }
        try {
            now.writer.add(new Pending(batch, receipt), now.writing);
        } catch (LogUnavailableException e) {
            receipt.failed(e);
        }
    }

    @Override
    public void release(long upTo) {
        Running now = running;
        if (now != null) {
            now.writer.release(upTo, now.writing);
        }
    }

    @Override
    public LogHealth health() {
        Running now = running;
        return now == null ? LogHealth.WITHOUT_DISK : now.writer.health();
    }

    /** Waits at most {@value #PATIENCE_SECONDS} s for what is under way. */
    @Override
    public synchronized void close() {
        Running now = running;
        if (closed || now == null) {
            closed = true;
            return;
        }
        closed = true;
        now.writer.close(now.writing);
        if (!ended(now.writing) || !endedSyncing()) {
            LOG.log(Level.WARNING, "the disk of the journal does not answer: the journal is left as after a crash");
            return;
        }
        try {
            if (!now.writer.isPoisoned()) {
                now.segments.force();
                now.reservation.closed(intake.lastId(), now.segments.lastId());
            }
            now.segments.close();
            now.reservation.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the journal was not closed well, it is left as after a crash: {0}", e.toString());
        } finally {
            closeQuietly(now.store);
        }
    }

    private boolean endedSyncing() {
        Syncer one = syncer;
        Thread thread = syncing;
        if (one == null || thread == null) {
            return true;
        }
        one.close(thread);
        return ended(thread);
    }

    private static boolean ended(Thread thread) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long left; thread.isAlive() && (left = deadline - System.nanoTime()) > 0; ) {
            try {
                thread.join(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static void closeQuietly(@Nullable Closeable one) {
        if (one != null) {
            try {
                one.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "not closed: {0}", e.toString());
            }
        }
    }
}
