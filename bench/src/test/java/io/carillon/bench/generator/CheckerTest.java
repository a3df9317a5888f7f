package io.carillon.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckerTest {
    private final Checker checker = new Checker(2, 0);

    private void deliver(int... sequences) {
        for (int sequence : sequences) {
            checker.delivered(1, sequence);
        }
    }

    private void other(int count) {
        for (int i = 0; i < count; i++) {
            checker.delivered(0, i);
        }
    }

    @Test
    void eachOnceAndInOrderIsFaultless() {
        other(200);
        deliver(0, 1, 2);
        for (int i = 3; i < 200; i++) {
            deliver(i);
        }
        assertFaults(200, 0, 0, 0);
    }

    @Test
    void oneThatNeverComesIsLost() {
        other(4);
        deliver(0, 2, 3);
        assertFaults(4, 1, 0, 0);
    }

    @Test
    void theFirstAndTheLastMayBeLostToo() {
        other(5);
        deliver(1, 2, 3);
        assertFaults(5, 2, 0, 0);
    }

    @Test
    void whoReceivesNothingLosesAll() {
        other(7);
        assertFaults(7, 7, 0, 0);
    }

    @Test
    void oneThatComesTwiceIsDuplicated() {
        other(3);
        deliver(0, 1, 1, 2);
        assertFaults(3, 0, 1, 0);
        assertThat(checker.unique()).isEqualTo(6);
        assertThat(checker.deliveries()).isEqualTo(7);
    }

    @Test
    void oneThatComesTwiceMuchLaterIsDuplicated() {
        other(60);
        for (int i = 0; i < 60; i++) {
            deliver(i);
        }
        deliver(0);
        assertFaults(60, 0, 1, 0);
    }

    @Test
    void oneThatComesAfterItsSuccessorIsReorderedAndNotLost() {
        other(4);
        deliver(0, 2, 1, 3);
        assertFaults(4, 0, 0, 1);
        assertThat(checker.unique()).isEqualTo(8);
    }

    @Test
    void oneThatComesLateAndThenAgainIsBoth() {
        other(4);
        deliver(0, 2, 1, 1, 3);
        assertFaults(4, 0, 1, 1);
    }

    @Test
    void aLongGapForgetsNothingThatIsLost() {
        other(300);
        deliver(0);
        for (int i = 200; i < 300; i++) {
            deliver(i);
        }
        assertFaults(300, 199, 0, 0);
    }

    @Test
    void whatIsTooOldToTellIsAFault() {
        other(300);
        for (int i = 0; i < 300; i++) {
            deliver(i);
        }
        deliver(100);
        assertFaults(300, 0, 0, 1);
    }

    @Test
    void whoComesBackWithACursorBeginsAfterIt() {
        Checker storm = new Checker(1, 10);
        storm.delivered(0, 10);
        storm.delivered(0, 11);
        assertThat(storm.lost(new int[] {12})).isZero();
        storm.delivered(0, 9);
        assertThat(storm.duplicated()).isEqualTo(1);
    }

    @Test
    void whatAGapHasToldIsNotLost() {
        other(100);
        deliver(0, 1);
        checker.gap(1, 97);
        deliver(99);
        assertFaults(100, 0, 0, 0);
        assertGaps(1, 97);
    }

    @Test
    void aGapThatIsToldAfterwardsCountsAsWell() {
        other(10);
        deliver(0, 9);
        assertFaults(10, 8, 0, 0);
        checker.gap(1, 8);
        assertFaults(10, 0, 0, 0);
        assertGaps(1, 8);
    }

    @Test
    void whatIsMissingBeyondTheGapIsLost() {
        other(10);
        deliver(0);
        checker.gap(1, 3);
        deliver(6, 8, 9);
        assertFaults(10, 3, 0, 0);
        assertGaps(1, 3);
    }

    @Test
    void aGapExcusesNobodyElse() {
        checker.gap(0, 5);
        other(10);
        deliver(0, 6, 7, 8, 9);
        assertFaults(10, 5, 0, 0);
        assertGaps(1, 0);
    }

    @Test
    void aGapOfACursorFromElsewhereExcusesNothing() {
        checker.gap(1, -7);
        other(3);
        deliver(0, 2);
        assertFaults(3, 1, 0, 0);
    }

    @Test
    void whatComesInSpiteOfAGapIsNotMissing() {
        other(5);
        checker.gap(1, 2);
        deliver(0, 3, 4, 2);
        assertFaults(5, 0, 0, 1);
        assertGaps(1, 1);
    }

    @Test
    void theOneThatIsFurthestBehindIsKnown() {
        other(7);
        deliver(0, 1);
        assertThat(checker.furthestBehind(new int[] {7})).isEqualTo(5);
        assertThat(checker.furthestBehind(new int[] {9, 3})).isEqualTo(2);
    }

    private void assertGaps(long gaps, long gapped) {
        assertThat(checker.gaps()).as("gaps").isEqualTo(gaps);
        assertThat(checker.gapped()).as("gapped").isEqualTo(gapped);
    }

    private void assertFaults(int published, long lost, long duplicated, long reordered) {
        assertThat(checker.lost(new int[] {published})).as("lost").isEqualTo(lost);
        assertThat(checker.duplicated()).as("duplicated").isEqualTo(duplicated);
        assertThat(checker.reordered()).as("reordered").isEqualTo(reordered);
    }
}
