package io.carillon.log.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Appended;
import io.carillon.core.LogFullException;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.ManualClock;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of lives and deaths of a journal, and the oracle that judges it. */
final class CrashRun {
    /** One append of a batch, as the oracle remembers it. */
    private record Attempt(
            List<NewPublication> batch, @Nullable List<Appended> answers) {}

    private final FakeDisk disk = new FakeDisk();
    private final ManualClock clock = new ManualClock();
    private final List<Attempt> attempts = new ArrayList<>();
    /** Who was acknowledged or read by a tail, by id. */
    private final TreeMap<Long, NewPublication> known = new TreeMap<>();

    private final Random random;
    private final Life.Options limits;
    private long serial;
    private boolean mayHaveLost;

    CrashRun(long seed, Life.Options options) {
        this.random = new Random(seed);
        this.limits = options;
    }

    /** Lives that many times, each time with one of the policies. */
    void live(int lives, SyncPolicy... policies) {
        Life life;
        for (int i = 0; i < lives; i++) {
            Life.Options options = limits.sync(policies[random.nextInt(policies.length)]);
            if (random.nextBoolean()) {
                disk.killAfter(random.nextInt(80), random.nextLong());
            }
            life = start(options);
            check(life, options);
            int appends = random.nextInt(40);
            for (int n = 0; n < appends; n++) {
                append(life);
            }
            end(life, options);
        }
        life = start(limits);
        check(life, limits);
        life.log.close();
    }

    /** A start may be killed as well. */
    private Life start(Life.Options options) {
        while (true) {
            try {
                return Life.start(disk, clock, options);
            } catch (JournalException e) {
                assertThat(disk.wasKilled()).as(e.toString()).isTrue();
                disk.kill();
            }
        }
    }

    private void append(Life life) {
        clock.stepWallClock(Duration.ofMillis(random.nextInt(2_000) - 900));
        List<NewPublication> batch = new ArrayList<>();
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            String data = "\"" + serial++ + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60)) + "\"";
            batch.add(Life.publication("c" + random.nextInt(5), data, null));
        }
        try {
            List<Appended> answers = life.log.append(batch);
            attempts.add(new Attempt(batch, answers));
            for (int i = 0; i < size; i++) {
                long id = answers.get(i).id();
                assertThat(id).as("a new id").isGreaterThan(known.isEmpty() ? 0 : known.lastKey());
                known.put(id, batch.get(i));
            }
        } catch (LogUnavailableException | LogFullException e) {
            assertThat(disk.wasKilled()).as(e.toString()).isTrue();
            attempts.add(new Attempt(batch, null));
        }
    }

    private void end(Life life, Life.Options options) {
        switch (random.nextInt(3)) {
            case 0 -> {
                life.log.close();
                disk.kill();
            }
            case 1 -> {
                disk.kill();
                life.log.close();
            }
            default -> {
                disk.powerCut(random.nextLong());
                life.log.close();
                mayHaveLost |= options.sync() != SyncPolicy.ALWAYS;
            }
        }
    }

    private void check(Life life, Life.Options options) {
        List<Publication> there = life.applied();
        assertThat(life.ids()).isSorted().doesNotHaveDuplicates();
        Map<Long, Publication> byId = new HashMap<>();
        there.forEach(publication -> byId.put(publication.id(), publication));
        known.forEach((id, publication) -> {
            Publication stored = byId.get(id);
            if (stored == null) {
                assertThat(life.gapCovers(publication.channel().value(), id))
                        .as(
                                "%s of %s is gone: base %s, lost %s, dropped %s",
                                id, publication.channel(), life.base, life.lost, life.dropped)
                        .isTrue();
            } else {
                assertSame(publication, stored);
            }
        });
        if (!mayHaveLost) {
            assertThat(life.lost).as("no loss is told without need").isZero();
            if (options.size() > 1 << 20) {
                assertThat(byId.keySet()).containsAll(known.keySet());
                assertThat(life.dropped).isEmpty();
            }
        }
        assertBatchesAreWhole(byId);
        there.forEach(publication -> known.putIfAbsent(
                publication.id(),
                Life.publication(publication.channel(), new String(publication.data(), StandardCharsets.UTF_8), null)));
    }

    /** What is there and was not known is a whole batch whose publisher heard nothing. */
    private void assertBatchesAreWhole(Map<Long, Publication> byId) {
        Map<String, Long> idOf = new HashMap<>();
        byId.forEach((id, publication) -> idOf.put(new String(publication.data(), StandardCharsets.UTF_8), id));
        int found = 0;
        for (Attempt attempt : attempts) {
            long first = 0;
            int here = 0;
            for (NewPublication publication : attempt.batch) {
                Long id = idOf.get(new String(publication.data(), StandardCharsets.UTF_8));
                if (id != null) {
                    assertThat(first == 0 || id == first + here)
                            .as("next to each other")
                            .isTrue();
                    first = first == 0 ? id : first;
                    here++;
                }
            }
            assertThat(here == 0 || here == attempt.batch.size())
                    .as("all of a batch or none")
                    .isTrue();
            found += here;
        }
        assertThat(found).as("nothing is there that was not appended").isEqualTo(byId.size());
    }

    private static void assertSame(NewPublication given, Publication stored) {
        assertThat(stored.channel()).isEqualTo(given.channel().value());
        assertThat(stored.event()).isEqualTo(given.event());
        assertThat(stored.data()).isEqualTo(given.data());
    }
}
