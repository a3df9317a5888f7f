package io.carillon.log.journal;

import io.carillon.core.Log;
import io.carillon.log.Intake;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What happens once at a start: {@link Recovery}, then the answer to two questions. May something that was acknowledged
 * be missing? Then the tail is told, and a new segment notes it for all later starts. After which id do new ids go on?
 */
final class Beginning {
    private static final System.Logger LOG = System.getLogger(Beginning.class.getName());

    private final Store store;
    private final JournalSettings settings;
    private final Segments segments;
    private final Floors floors;
    private final Intake intake;
    private final Reservation reservation;

    Beginning(
            Store store,
            JournalSettings settings,
            Segments segments,
            Floors floors,
            Intake intake,
            Reservation reservation) {
        this.store = store;
        this.settings = settings;
        this.segments = segments;
        this.floors = floors;
        this.intake = intake;
        this.reservation = reservation;
    }

    /** Gives the tail what is stored; returns how many entries that was. */
    long run(Log.Tail tail, long now, RecordBuffer buffer) throws IOException {
        store.sync(); // the life before may have been killed between a new name and its sync
        Reservation.Left left = reservation.left();
        boolean all = left != null && left.all();
        Recovery recovery = new Recovery(store, settings, segments, floors, intake, tail, all, now);
        long entries = recovery.run();
        long givenOut = givenOut(left, recovery, now);
        if (entries < 0) {
            floors.raiseBase(givenOut);
            tail.begin(givenOut);
        } else if (recovery.endsInHole() || recovery.endWasSpoilt() || !complete(left, recovery.lastId())) {
            // was told of, or damage, which somebody may have been.
            warn(left, recovery.endWasSpoilt(), recovery.lastId(), givenOut);
            floors.raiseLost(givenOut);
        }
        boolean news = entries < 0 || floors.lost() > recovery.notedLoss();
        if (floors.lost() > recovery.base()) {
            tail.lost(floors.lost());
        }
        intake.startAfter(givenOut);
        if (news) {
            segments.begin(floors, buffer, givenOut + 1);
        }
        if (left == null || !left.closed()) {
            segments.rewrite();
        }
        segments.force();
        reservation.begin(givenOut, settings.sync() != SyncPolicy.ALWAYS);
        return Math.max(0, entries);
    }

    private static long givenOut(Reservation.@Nullable Left left, Recovery recovery, long now) {
        long atLeast = left == null ? now * 1000 : left.ids();
        return Math.max(atLeast, recovery.lastId());
    }

    /** False when entries that were acknowledged may be missing. */
    private static boolean complete(Reservation.@Nullable Left left, long lastId) {
        return left != null && left.acknowledged() && lastId >= left.newest();
    }

    private void warn(Reservation.@Nullable Left left, boolean spoilt, long lastId, long givenOut) {
        String why = left == null
                ? store.path(Reservation.FILE) + " is missing, so it is not known which ids were given out"
                : spoilt
                        ? "the last record was damaged"
                        : "the last of them were not on the disk when the hub or the machine stopped";
        LOG.log(
                Level.WARNING,
                "acknowledged publications with ids after {0} may be lost: {1}. Who resumes from before {2} hears of a gap",
                Long.toString(lastId),
                why,
                Long.toString(givenOut));
    }
}
