package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.faults.Finding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that were broken on purpose: a checker that lets one pass would be worth nothing. */
class CheckerTest {
    private static final long BASE = 1000;

    private final Ledger ledger = new Ledger();
    private final Trail one = new Trail("one", List.of("a", "b"), BASE);
    private final Trail other = new Trail("other", List.of("a"), BASE);

    @Test
    void aHistoryWithNothingWrongIsClean() {
        acknowledged("a", 1001, 1002, 1004);
        acknowledged("b", 1003);
        sees(one, "a", 1001, 0);
        sees(one, "a", 1002, 1);
        sees(one, "b", 1003, 0);
        sees(one, "a", 1004, 2);
        seesAll(other, "a");

        Verdict verdict = check();

        assertThat(verdict.clean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(4);
        assertThat(verdict.deliveries()).isEqualTo(7);
    }

    @Test
    void aLostOneIsFound() {
        acknowledged("a", 1001, 1002, 1003);
        seesAll(one, "a");
        sees(other, "a", 1001, 0);
        sees(other, "a", 1003, 2);

        assertOnly(Kind.LOST, 1);
    }

    @Test
    void theNewestOneCanBeTheLostOne() {
        acknowledged("a", 1001, 1002);
        seesAll(one, "a");
        sees(other, "a", 1001, 0);

        assertOnly(Kind.LOST, 1);
    }

    @Test
    void aGapCoversWhatIsMissingInItsChannelAndRangeOnly() {
        acknowledged("a", 1001, 1002, 1003, 1004);
        seesAll(one, "a");
        sees(other, "a", 1001, 0);
        other.gap("a", 1001, 1002);
        sees(other, "a", 1004, 3);

        assertOnly(Kind.LOST, 1);
    }

    @Test
    void aGapOfAnotherChannelCoversNothing() {
        acknowledged("a", 1001);
        seesAll(other, "a");
        one.gap("b", 1000, 1001);

        assertOnly(Kind.LOST, 1);
    }

    @Test
    void aGapIsAFindingWhereNothingMayBeMissing() {
        acknowledged("a", 1001);
        seesAll(one, "a");
        other.gap("a", 1000, 1001);

        assertThat(check().clean()).isTrue();
        assertThat(Checker.check(ledger, List.of(one, other), false).counts())
                .containsOnlyKeys(Kind.GAP)
                .containsEntry(Kind.GAP, 1L);
    }

    @Test
    void aDoubledOneIsFoundNextToItselfAndLater() {
        acknowledged("a", 1001, 1002, 1003);
        seesAll(one, "a");
        seesAll(other, "a");
        sees(other, "a", 1003, 2);
        sees(other, "a", 1001, 0);

        assertOnly(Kind.DOUBLED, 2);
    }

    @Test
    void aReorderedOneIsFound() {
        acknowledged("a", 1001, 1002);
        seesAll(one, "a");
        sees(other, "a", 1002, 1);
        sees(other, "a", 1001, 0);

        assertOnly(Kind.REORDERED, 1);
    }

    @Test
    void channelsOfOneSubscriberShareOneOrder() {
        acknowledged("a", 1002);
        acknowledged("b", 1001);
        sees(one, "a", 1002, 0);
        sees(one, "b", 1001, 0);
        seesAll(other, "a");

        assertOnly(Kind.REORDERED, 1);
    }

    @Test
    void whatIsOlderThanTheFirstCursorIsReordered() {
        acknowledged("a", 1001);
        seesAll(one, "a");
        Trail late = new Trail("late", List.of("a"), 1001);
        sees(late, "a", 1001, 0);

        assertThat(Checker.check(ledger, List.of(one, late), true).counts()).containsOnlyKeys(Kind.REORDERED);
    }

    @Test
    void aPhantomIsFoundByItsNumberItsChannelOrItsData() {
        acknowledged("a", 1001);
        seesAll(one, "a");
        seesAll(other, "a");
        sees(other, "a", 1002, 1);
        sees(other, "c", 1003, 0);
        sees(other, "a", 1004, Trail.FOREIGN);

        assertOnly(Kind.PHANTOM, 3);
    }

    @Test
    void whatWasRefusedMustNotAppear() {
        ledger.refused("a", ledger.send("a"));
        sees(one, "a", 1001, 0);
        sees(other, "a", 1001, 0);

        assertOnly(Kind.PHANTOM, 2);
    }

    @Test
    void whatWasNeverAnsweredMayAppearOrNot() {
        int appears = ledger.send("a");
        int doesNot = ledger.send("a");
        sees(one, "a", 1001, appears);
        sees(other, "a", 1001, appears);

        Verdict verdict = check();

        assertThat(doesNot).isEqualTo(1);
        assertThat(verdict.clean()).as("%s", verdict).isTrue();
        assertThat(verdict.unknown()).isEqualTo(2);
    }

    @Test
    void whatWasNeverAnsweredAppearsForAllOrForNobody() {
        sees(one, "a", 1001, ledger.send("a"));

        assertOnly(Kind.DIVERGED, 1);
    }

    @Test
    void oneIdForTwoPublicationsIsFound() {
        ledger.send("a");
        acknowledged("b", 1001);
        sees(one, "a", 1001, 0);
        sees(other, "a", 1001, 0);
        one.gap("b", 1000, 1001);

        assertOnly(Kind.DIVERGED, 1);
    }

    @Test
    void onePublicationUnderTwoIdsIsFound() {
        acknowledged("a", 1001);
        seesAll(one, "a");
        sees(one, "a", 1002, 0);
        seesAll(other, "a");

        Verdict verdict = check();

        assertThat(verdict.count(Kind.STORED_TWICE)).as("%s", verdict).isEqualTo(1);
    }

    @Test
    void anotherAnswerToTheSameKeyIsFound() {
        acknowledged("a", 1001);
        ledger.stored("a", 0, 1002);
        sees(one, "a", 1002, 0);
        sees(other, "a", 1002, 0);

        assertOnly(Kind.STORED_TWICE, 1);
    }

    @Test
    void afterACursorThatTheLogNeverGaveOutIdsMayBeginAnew() {
        acknowledged("a", 1001, 1002);
        seesAll(one, "a");
        ledger.stored("a", ledger.send("a"), 900);
        for (Trail trail : List.of(one, other)) {
            trail.gap("a", 1002, 899);
            sees(trail, "a", 900, 2);
        }

        assertOnly(Kind.LOST, 2);
    }

    private void acknowledged(String channel, long... ids) {
        for (long id : ids) {
            ledger.stored(channel, ledger.send(channel), id);
        }
    }

    private static void sees(Trail trail, String channel, long id, int number) {
        trail.delivered(channel, id, number);
    }

    private void seesAll(Trail trail, String channel) {
        long[] ids = ledger.answers(channel);
        for (int n = 0; n < ids.length; n++) {
            sees(trail, channel, ids[n], n);
        }
    }

    private Verdict check() {
        return Checker.check(ledger, List.of(one, other), true);
    }

    private void assertOnly(Kind kind, long times) {
        Verdict verdict = check();
        assertThat(verdict.counts()).as("%s", verdict).containsOnlyKeys(kind).containsEntry(kind, times);
    }
}
