package io.carillon.log.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.LogFullException;
import io.carillon.core.LogHealth;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.ManualClock;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.log.journal.Life.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class JournalLogTest {
    private final FakeDisk disk = new FakeDisk();
    private final ManualClock clock = new ManualClock();

    // ---- restarts ----

    @Test
    void restartGivesTheTailWhatWasStored() {
        Life before = start(Options.ALWAYS);
        before.append("a", "{\"ä\":1}");
        before.log.append(List.of(Life.publication("b", "2", null), Life.publication("a", "3", null)));
        before.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.base).isEqualTo(before.base);
        assertThat(after.applied())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(before.applied());
        assertThat(after.lost).isZero();
        after.log.close();
    }

    @Test
    void idsGoOnWhenTheClockWasSetBack() {
        clock.advance(Duration.ofDays(1));
        Life before = start(Options.ALWAYS);
        long last = before.append("a");
        before.log.close();
        clock.stepWallClock(Duration.ofHours(-5));

        Life after = start(Options.ALWAYS);
        assertThat(after.append("a")).isGreaterThan(last);
        after.log.close();
    }

    @Test
    void keyStoredBeforeARestartIsAnsweredWithTheFirstId() {
        Life before = start(Options.ALWAYS);
        Appended first = before.append("a", "1", "k");
        Appended old = before.append("a", "1", "old");
        disk.kill();
        before.log.close();
        clock.advance(Life.KEY_WINDOW.minusMillis(1));

        Life after = start(Options.ALWAYS);
        assertThat(after.append("a", "1", "k")).isEqualTo(new Appended(first.id(), "a", true));
        clock.advance(Duration.ofMillis(1));
        assertThat(after.append("a", "1", "old").id()).isGreaterThan(old.id());
        after.log.close();
    }

    @Test
    void powerCutUnderALazyPolicyTellsTheLossOfWhatWasAcknowledged() {
        Life before = start(Options.ALWAYS.sync(SyncPolicy.NONE));
        long id = before.append("a");
        disk.powerCut(2); // with this seed nothing that was not forced survives
        before.log.close();

        Life after = start(Options.ALWAYS.sync(SyncPolicy.NONE));
        assertThat(after.ids()).isEmpty();
        assertThat(after.lost).isGreaterThanOrEqualTo(id);
        assertThat(after.append("a")).isGreaterThan(after.lost);
        after.log.close();

        Life later = start(Options.ALWAYS);
        assertThat(later.lost).as("it is known for as long as it matters").isEqualTo(after.lost);
        later.log.close();
    }

    @Test
    void killWhileASegmentBeginsLeavesNoNameThatAPowerCutTakesAway() {
        for (int moment = 0; moment < 40; moment++) {
            for (int luck = 0; luck < 10; luck++) {
                FakeDisk one = new FakeDisk();
                Life killed = Life.start(one, clock, Options.ALWAYS.segments(100, 1 << 20));
                one.killAfter(moment, luck);
                while (!one.wasKilled()) {
                    appendOrFail(killed);
                }
                one.kill();
                killed.log.close();
                Life before = Life.start(one, clock, Options.ALWAYS);
                before.append("a");
                one.powerCut(luck);
                before.log.close();

                Life after = Life.start(one, clock, Options.ALWAYS);
                assertThat(after.ids()).as("killed after %s operations", moment).containsAll(before.ids());
                after.log.close();
            }
        }
    }

    private static void appendOrFail(Life life) {
        try {
            life.append("a");
        } catch (LogUnavailableException e) {
            assertThat(e).hasMessageContaining("restarted");
        }
    }

    @Test
    void processKilledUnderALazyPolicyLosesNothingAndTellsNoLoss() {
        Life before = start(Options.ALWAYS.sync(SyncPolicy.NONE));
        long id = before.append("a");
        disk.kill();
        before.log.close();

        Life after = start(Options.ALWAYS.sync(SyncPolicy.NONE));
        assertThat(after.ids()).containsExactly(id);
        assertThat(after.lost).isZero();
        after.log.close();
    }

    @Test
    void intervalForcesInTheBackground() {
        Life life = start(Options.ALWAYS.sync(SyncPolicy.INTERVAL));
        int before = disk.forces();
        life.append("a");
        Awaitility.await().untilAsserted(() -> assertThat(disk.forces()).isGreaterThan(before));
        life.log.close();
    }

    @Test
    void ephemeralDataIsNotOnTheDiskButItsIdIs() {
        Life before = start(Options.ALWAYS);
        long first = before.append("a", "\"kept\"");
        NewPublication ephemeral = new NewPublication(
                new ChannelName("a"), "message", "\"secret\"".getBytes(StandardCharsets.UTF_8), null, "k", true);
        long id = before.log.append(List.of(ephemeral)).get(0).id();
        assertThat(before.applied().get(1).expires()).isEqualTo(clock.millis() + Publication.EPHEMERAL_MILLIS);
        disk.kill();
        before.log.close();
        assertThat(disk.text(disk.segments().get(0))).contains("kept").doesNotContain("secret");

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).as("a cursor at it is none of the future").containsExactly(first, id);
        assertThat(after.applied().get(1).expired(1)).as("whatever the clock").isTrue();
        assertThat(after.log.append(List.of(ephemeral)).get(0)).isEqualTo(new Appended(id, "a", true));
        after.log.close();
    }

    // ---- damage ----

    @Test
    void tornTailIsCutOffAndItsRoomIsUsedAgain() {
        Life before = start(Options.ALWAYS);
        long id = before.append("a");
        disk.kill();
        before.log.close();
        String segment = disk.segments().get(0);
        int whole = disk.size(segment);
        disk.append(segment, new byte[] {1, 2, 3, 0, 0, 0, 99, 3, 0, 0});

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).containsExactly(id);
        assertThat(disk.size(segment)).isEqualTo(whole);
        long next = after.append("a");
        after.log.close();
        Life later = start(Options.ALWAYS);
        assertThat(later.ids()).containsExactly(id, next);
        later.log.close();
    }

    @Test
    void aLastRecordThatIsWholeButWrongIsCutOffAndTold() {
        Life before = start(Options.ALWAYS);
        long first = before.append("a");
        int at = disk.size(disk.segments().get(0));
        long last = before.append("a");
        disk.kill();
        before.log.close();
        disk.flip(disk.segments().get(0), at + 20);

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).containsExactly(first);
        assertThat(after.gapCovers("a", last)).isTrue();
        after.log.close();
    }

    @Test
    void damageBeforeGoodRecordsRefusesToStartAndNamesThePlace() {
        Life before = start(Options.ALWAYS);
        before.append("a");
        int at = disk.size(disk.segments().get(0));
        before.append("a");
        before.append("a");
        before.log.close();
        String segment = disk.segments().get(0);
        disk.flip(segment, at + 20);

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> start(Options.ALWAYS))
                .withMessageContaining("disk/" + segment + " is damaged at offset " + at)
                .withMessageContaining("carillon.journal.repair=skip");
    }

    @Test
    void damageIsRefusedAfterAPowerCutToo() {
        Life before = start(Options.ALWAYS);
        int at = disk.size(disk.segments().get(0));
        before.append("a");
        before.append("a");
        disk.powerCut(1);
        before.log.close();
        disk.flip(disk.segments().get(0), at + 20);

        assertThatExceptionOfType(JournalException.class).isThrownBy(() -> start(Options.ALWAYS));
    }

    @Test
    void overrideGoesOnBehindTheDamageAndTellsTheLoss() {
        Life before = start(Options.ALWAYS);
        long first = before.append("a");
        int at = disk.size(disk.segments().get(0));
        long second = before.append("b");
        long third = before.append("a");
        before.log.close();
        disk.flip(disk.segments().get(0), at + 20);

        Life after = start(Options.ALWAYS.skipping());
        assertThat(after.ids()).containsExactly(first, third);
        assertThat(after.lost).isEqualTo(second);
        assertThat(after.append("a")).isGreaterThan(third);
        after.log.close();
    }

    @Test
    void overrideGoesOnWithoutTheHeadOfTheOldestSegment() {
        Life before = start(Options.ALWAYS);
        long first = before.append("a");
        before.log.close();
        disk.flip(disk.segments().get(0), 12);

        assertThatExceptionOfType(JournalException.class).isThrownBy(() -> start(Options.ALWAYS));
        Life after = start(Options.ALWAYS.skipping());
        assertThat(after.ids()).containsExactly(first);
        assertThat(after.lost).isEqualTo(first - 1);
        after.log.close();
    }

    @Test
    void missingSegmentInTheMiddleRefusesToStart() {
        Life before = start(Options.ALWAYS.segments(100, 1 << 20));
        for (int i = 0; i < 9; i++) {
            before.append("a");
        }
        before.log.close();
        List<String> segments = disk.segments();
        disk.remove(segments.get(1));

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> start(Options.ALWAYS))
                .withMessageContaining("disk/" + segments.get(2))
                .withMessageContaining("a segment file is missing");
        Life after = start(Options.ALWAYS.skipping());
        assertThat(after.lost).isPositive();
        assertThat(before.applied())
                .allSatisfy(publication -> assertThat(
                                after.ids().contains(publication.id()) || after.gapCovers("a", publication.id()))
                        .isTrue());
        after.log.close();
    }

    @Test
    void withoutTheFileOfIdsALossIsToldAndNoIdIsUsedTwice() {
        Life before = start(Options.ALWAYS);
        long id = before.append("a");
        before.log.close();
        disk.remove(Reservation.FILE);
        clock.advance(Duration.ofMinutes(1));

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).containsExactly(id);
        assertThat(after.lost).isEqualTo(clock.millis() * 1000);
        assertThat(after.append("a")).isGreaterThan(after.lost);
        after.log.close();
    }

    // ---- failures ----

    @Test
    void failedSyncPoisonsTheLogUntilARestart() {
        Life life = start(Options.ALWAYS);
        long id = life.append("a");
        disk.failToSync(true);
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> life.append("a"));
        disk.failToSync(false);
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> life.append("a"))
                .withMessageContaining("restart");
        assertThat(life.ids()).as("what was not acknowledged is not delivered").containsExactly(id);
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).startsWith(id);
        assertThat(after.append("a")).isGreaterThan(id);
        after.log.close();
    }

    @Test
    void theHealthSaysWhatIsOnTheDiskAndWhyNothingMoreIsTaken() {
        Life life = start(Options.ALWAYS);
        life.append("a");
        LogHealth well = life.log.health();
        assertThat(well.usable()).isTrue();
        assertThat(well.segments()).isEqualTo(disk.segments().size());
        assertThat(well.bytes())
                .isEqualTo(disk.segments().stream().mapToLong(disk::size).sum());
        assertThat(well.lastSync()).isPositive();
        assertThat(well.unsynced()).isZero();

        disk.failToSync(true);
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> life.append("a"));
        assertThat(life.log.health().failure()).contains("restarted");
        disk.failToSync(false);
        life.log.close();
    }

    @Test
    void whatASyncFailedForIsWrittenAgainByTheNextStart() {
        Life life = start(Options.ALWAYS);
        life.append("a");
        disk.failToSync(true);
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> life.append("a"));
        disk.failToSync(false);
        disk.kill();
        life.log.close();

        Life after = start(Options.ALWAYS);
        after.append("a");
        disk.powerCut(1);
        after.log.close();

        Life last = start(Options.ALWAYS);
        assertThat(last.ids()).isEqualTo(after.ids()).hasSize(3);
        last.log.close();
    }

    @Test
    void failedSyncInTheBackgroundPoisonsTheLogAndIsToldAsALossAtTheNextStart() {
        Life life = start(Options.ALWAYS.sync(SyncPolicy.INTERVAL));
        disk.failToSync(true);
        long id = life.append("a");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> life.append("a")));
        disk.failToSync(false);
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.lost).isGreaterThanOrEqualTo(id);
        after.log.close();
    }

    @Test
    void fullDiskRefusesAllOfABatchAndRecoversByItself() {
        Life life = start(Options.ALWAYS);
        long id = life.append("a");
        int whole = disk.size(disk.segments().get(0));
        disk.leaveRoom(50);
        assertThatExceptionOfType(LogFullException.class)
                .isThrownBy(() -> life.append("a", "\"" + "x".repeat(1000) + "\"", "k"));
        assertThat(disk.size(disk.segments().get(0)))
                .as("the partial write is taken back")
                .isEqualTo(whole);
        disk.makeRoom();
        Appended retried = life.append("a", "2", "k");
        assertThat(retried.duplicate())
                .as("nothing of the refused one is remembered")
                .isFalse();
        assertThat(life.ids()).containsExactly(id, retried.id());
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).containsExactly(id, retried.id());
        assertThat(after.lost).isZero();
        after.log.close();
    }

    @Test
    void fullDiskAnswersAgainWhatWasStoredBefore() {
        Life life = start(Options.ALWAYS.segments(100, 1 << 20));
        Appended first = life.append("a", "1", "k");
        disk.leaveRoom(10);
        assertThatExceptionOfType(LogFullException.class).isThrownBy(() -> life.append("a", "2", "new"));
        assertThat(life.append("a", "1", "k")).isEqualTo(new Appended(first.id(), "a", true));
        life.log.close();
    }

    @Test
    void fullDiskRefusesTheNextSegmentAndRecoversByItself() {
        Life life = start(Options.ALWAYS.segments(100, 1 << 20));
        long first = life.append("a");
        disk.leaveRoom(10);
        assertThatExceptionOfType(LogFullException.class).isThrownBy(() -> life.append("a"));
        disk.makeRoom();
        long second = life.append("a");
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.ids()).containsExactly(first, second);
        after.log.close();
    }

    // ---- retention ----

    @Test
    void releasedSegmentsAreDeletedAndTheirFloorsAreExact() {
        Options options = Options.ALWAYS.segments(400, 1 << 20);
        Life before = start(options);
        long quiet = before.append("quiet");
        long busy = 0;
        for (int i = 0; i < 30; i++) {
            busy = before.append("busy");
        }
        clock.advance(Life.KEY_WINDOW.plusSeconds(1));
        int segments = disk.segments().size();
        long newest = busy;
        before.log.release(newest);
        Awaitility.await().untilAsserted(() -> assertThat(disk.segments()).hasSizeLessThan(segments));
        before.log.close();

        Life after = start(options);
        assertThat(after.dropped).containsEntry("quiet", quiet).containsOnlyKeys("quiet", "busy");
        assertThat(after.gapCovers("quiet", quiet)).isTrue();
        assertThat(after.gapCovers("quiet", quiet + 1))
                .as("no gap without need")
                .isFalse();
        assertThat(after.gapCovers("other", before.base + 1))
                .as("no gap without need")
                .isFalse();
        long floor = after.dropped.get("busy");
        assertThat(after.applied()).extracting(Publication::id).allMatch(id -> id > floor);
        after.log.close();
    }

    @Test
    void segmentWithAKeyThatStillCountsIsKept() {
        Life life = start(Options.ALWAYS.segments(100, 1 << 20));
        life.append("a", "1", "k");
        life.append("a");
        life.append("a");
        life.log.release(Long.MAX_VALUE);
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.append("a", "1", "k").duplicate()).isTrue();
        after.log.close();
    }

    @Test
    void theBoundInBytesDropsTheOldestSegments() {
        Life life = start(Options.ALWAYS.segments(1_000, 5_000));
        long first = life.append("a");
        for (int i = 0; i < 300; i++) {
            life.append("a");
        }
        assertThat(disk.used()).isLessThan(5_000 + 2 * 1_200 + 2_000);
        life.log.close();

        Life after = start(Options.ALWAYS);
        assertThat(after.gapCovers("a", first)).isTrue();
        assertThat(after.ids()).isNotEmpty().allMatch(id -> !after.gapCovers("a", id));
        after.log.close();
    }

    @Test
    void channelsBeyondTheBoundAreCoveredByTheBase() {
        Options options = Options.ALWAYS.segments(1_000, 3_000).channels(20);
        Life life = start(options);
        for (int i = 0; i < 200; i++) {
            life.append("c" + i);
        }
        life.log.close();

        Life after = start(options);
        assertThat(after.dropped).hasSizeLessThanOrEqualTo(20);
        assertThat(life.applied())
                .allSatisfy(publication -> assertThat(after.ids().contains(publication.id())
                                || after.gapCovers(publication.channel(), publication.id()))
                        .isTrue());
        after.log.close();
    }

    private Life start(Options options) {
        return Life.start(disk, clock, options);
    }
}
