package io.carillon.log;

import io.carillon.core.Appended;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives publications their ids, and recognises by its key what was taken before. Guarded by its log. */
public final class Intake {
    private final KeyWindow keys;
    private long lastId;

    public Intake(KeyLimits keys) {
        this.keys = new KeyWindow(keys);
    }

    /** Ids that are given out from now on are newer than this one. */
    public void startAfter(long id) {
        lastId = id;
    }

    /** The newest id that was given out. */
    public long lastId() {
        return lastId;
    }

    /** A key that was stored in a former life, in the order of ids. */
    public void remember(String channel, long id, String key, long time) {
        keys.expire(time);
        keys.remember(key, new Appended(id, channel, false), time);
    }

    /**
     * Takes a batch.
     *
     * @param into gets what has to be stored, in the order of the answers that are no duplicates
     */
    public List<Appended> take(List<NewPublication> batch, long now, List<Publication> into) {
        keys.expire(now);
        List<Appended> answers = new ArrayList<>(batch.size());
        for (NewPublication publication : batch) {
            answers.add(take(publication, now, into));
        }
        return answers;
    }

    /** The first answers to a batch of which all was stored before; null when something in it is new. */
    public @Nullable List<Appended> known(List<NewPublication> batch) {
        List<Appended> answers = new ArrayList<>(batch.size());
        for (NewPublication publication : batch) {
            String channel = publication.channel().value();
            String key = publication.key();
            Appended first = key == null ? null : keys.find(channel, key);
            if (first == null) {
                return null;
            }
            answers.add(new Appended(first.id(), channel, true));
        }
        return answers;
    }

    private Appended take(NewPublication publication, long now, List<Publication> into) {
        String channel = publication.channel().value();
        String key = publication.key();
        if (key != null) {
            Appended first = keys.find(channel, key);
            if (first != null) {
                return new Appended(first.id(), channel, true);
            }
        }
        long id = ++lastId;
        into.add(new Publication(
                id,
                channel,
                publication.event(),
                publication.data(),
                now,
                expires(publication, now),
                publication.ephemeral()));
        Appended answer = new Appended(id, channel, false);
        if (key != null) {
            keys.remember(key, answer, now);
        }
        return answer;
    }

    private static long expires(NewPublication publication, long now) {
        long end = expires(publication.ttl(), now);
        long soon = now + Publication.EPHEMERAL_MILLIS;
        return publication.ephemeral() && (end == 0 || end > soon) ? soon : end;
    }

    /** A time to live that does not fit into a clock is for ever. */
    private static long expires(@Nullable Duration ttl, long now) {
        if (ttl == null || ttl.isZero() || ttl.toSeconds() > Long.MAX_VALUE / 2_000 - now / 1_000) {
            return 0;
        }
        return now + ttl.toMillis();
    }

    /** What was taken after that id could not be stored: its keys are free. Its ids are not given out again. */
    public void forgetAfter(long id) {
        keys.forgetAfter(id);
    }
}
