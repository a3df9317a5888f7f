package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.ManualClock;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import io.carillon.log.journal.JournalLog;
import io.carillon.log.journal.JournalSettings;
import io.carillon.log.journal.SyncPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the clock, back or forward, while the hub runs or while it is down. */
class ClockFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEY_WINDOW = Duration.ofMinutes(5);
    private static final KeyLimits KEYS = new KeyLimits(KEY_WINDOW, 1 << 20);

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path directory;

    @BeforeEach
    void itIsSomeDay() {
        clock.advance(Duration.ofDays(20_000));
    }

    @Test
    void stepsOfARunningHubsClockAreNotSeenInMemory() {
        try (Lives lives = new Lives(clock, () -> new MemoryLog(clock, KEYS))) {
            stepsWhileItRuns(lives);
        }
    }

    @Test
    void stepsOfARunningHubsClockAreNotSeenInTheJournal() {
        try (Lives lives = new Lives(clock, () -> journal("a"))) {
            stepsWhileItRuns(lives);
        }
    }

    private void stepsWhileItRuns(Lives lives) {
        lives.begin();
        List<Long> ids = new ArrayList<>(lives.publish(10));
        Ear fromTheStart = lives.ear(ids.get(0) - 1);
        for (Duration step :
                List.of(HOUR.negated(), HOUR.multipliedBy(2), Duration.ofDays(-300), Duration.ofMillis(-1))) {
            clock.stepWallClock(step);
            ids.addAll(lives.publish(20));
            assertThat(lives.send(ids.size() - 1, null).duplicate())
                    .as("the key of a moment ago is known after a step of " + step)
                    .isTrue();
            lives.ear(ids.get(0) - 1);
            lives.ear(ids.get(ids.size() - 5));
        }

        Verdict verdict = lives.settle(false);

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(verdict.clean()).as("%s", verdict).isTrue();
        assertThat(fromTheStart.trail.size()).isEqualTo(ids.size());
    }

    @Test
    void stepsBetweenTwoLivesOfAJournalAreNotSeen() {
        try (Lives lives = new Lives(clock, () -> journal("a"))) {
            lives.begin();
            List<Long> ids = new ArrayList<>(lives.publish(10));
            lives.ear(ids.get(0) - 1);
            for (Duration step : List.of(HOUR.negated(), HOUR.multipliedBy(3), Duration.ofDays(-300))) {
                lives.end();
                clock.stepWallClock(step);
                lives.begin();
                ids.addAll(lives.publish(20));
                lives.ear(ids.get(0) - 1);
            }

            Verdict verdict = lives.settle(false);

            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
        }
    }

    @Test
    void aRetryAfterARestartOnAnEarlierClockGetsItsFirstAnswer() {
        try (Lives lives = new Lives(clock, () -> journal("a"))) {
            lives.begin();
            long id = lives.publish(1).get(0);
            lives.ear(id - 1);
            lives.end();
            clock.stepWallClock(HOUR.negated());
            lives.begin();

            assertThat(lives.send(0, null).duplicate()).isTrue();

            Verdict verdict = lives.settle(false);
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
        }
    }

    @Test
    void aLogThatIsLostOnAClockThatWasSetBackIsToldAndReadAnew() {
        List<String> directories = new ArrayList<>(List.of("a", "b"));
        try (Lives lives = new Lives(clock, () -> journal(directories.remove(0)))) {
            lives.begin();
            List<Long> ids = lives.publish(10);
            Ear ear = lives.ear(ids.get(0) - 1);
            lives.settle(false);
            lives.end();
            clock.stepWallClock(HOUR.negated());
            lives.begin();

            assertThat(lives.publish(10)).allMatch(id -> id < ids.get(0));

            Verdict verdict = lives.settle(true);
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(ear.trail.gaps()).hasSize(1).allMatch(Trail.Told::backward);
            assertThat(ear.trail.size()).isEqualTo(20);
        }
    }

    @Test
    void aStepForwardAgesOutWhatWasRetainedAndSaysSo() {
        try (Lives lives = new Lives(clock, () -> journal("a"))) {
            var hub = lives.begin();
            List<Long> ids = lives.publish(10);
            clock.stepWallClock(Lives.RETENTION.plus(HOUR));
            hub.sweep();
            Ear late = lives.ear(ids.get(4));
            clock.stepWallClock(Lives.RETENTION.plus(HOUR).negated());
            hub.sweep();
            lives.publish(10);

            Verdict verdict = lives.settle(true);

            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(late.trail.gaps()).hasSize(1);
            assertThat(late.trail.size()).isEqualTo(10);
        }
    }

    @Test
    void whatExpiredOnALaterClockIsNotDelivered() {
        try (Lives lives = new Lives(clock, () -> journal("a"))) {
            lives.begin();
            long first = lives.publish(1).get(0);
            lives.send(lives.ledger.send(Lives.CHANNEL), Duration.ofMinutes(1));
            long last = lives.publish(1).get(0);
            clock.stepWallClock(HOUR);

            Ear ear = lives.ear(first - 1);
            lives.settle(false);

            assertThat(ear.trail.size()).isEqualTo(2);
            assertThat(ear.cursor).isEqualTo(last);
        }
    }

    private JournalLog journal(String name) {
        return new JournalLog(
                new JournalSettings(
                        directory.resolve(name),
                        SyncPolicy.NONE,
                        Duration.ofSeconds(1),
                        64 << 10,
                        64 << 20,
                        false,
                        KEYS,
                        1000),
                clock);
    }
}
