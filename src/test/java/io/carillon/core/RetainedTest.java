package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private static final long FIRST_FLOOR = 100;

    private final Retained retained = new Retained(FIRST_FLOOR);

    @Test
    void emptyFromTheStartMissesNothingAfterItsFloorAndEverythingBefore() {
        assertThat(read(100, 500)).isEqualTo(new Seen(0, List.of()));
        assertThat(read(99, 500)).isEqualTo(new Seen(100, List.of()));
        assertThat(retained.size()).isZero();
        assertThat(retained.lastId()).isEqualTo(100);
    }

    @Test
    void everyCursorSeesExactlyWhatFollowsWhileTheRingGrows() {
        List<Long> ids = new ArrayList<>();
        for (long id = 101; id <= 170; id++) {
            append(id);
            ids.add(id);
            for (long after = 100; after <= id; after++) {
                long cursor = after;
                assertThat(read(cursor, 1_000))
                        .isEqualTo(
                                new Seen(0, ids.stream().filter(i -> i > cursor).toList()));
            }
        }
    }

    @Test
    void cursorsBetweenSparseIdsSeeWhatFollows() {
        append(110, 120, 130, 140, 150);
        assertThat(read(109, 1_000).ids()).containsExactly(110L, 120L, 130L, 140L, 150L);
        assertThat(read(125, 1_000).ids()).containsExactly(130L, 140L, 150L);
        assertThat(read(149, 1_000).ids()).containsExactly(150L);
        assertThat(read(151, 1_000).ids()).isEmpty();
    }

    @Test
    void nothingNewerThanTheWatermarkIsSeen() {
        append(110, 120, 130);
        assertThat(read(100, 119).ids()).containsExactly(110L);
        assertThat(read(100, 120).ids()).containsExactly(110L, 120L);
        assertThat(read(100, 105).ids()).isEmpty();
    }

    @Test
    void evictionRaisesTheFloorAndOlderCursorsSeeTheExactGap() {
        append(LongStream.rangeClosed(101, 140).toArray());
        for (int i = 0; i < 25; i++) {
            retained.evictOldest();
        }
        assertThat(retained.floor()).isEqualTo(125);
        assertThat(retained.size()).isEqualTo(15);
        for (long after = 90; after < 125; after++) {
            assertThat(read(after, 1_000).gapTo()).isEqualTo(125);
            assertThat(read(after, 1_000).ids()).startsWith(126L).hasSize(15);
        }
        for (long after = 125; after <= 140; after++) {
            assertThat(read(after, 1_000).gapTo()).isZero();
            assertThat(read(after, 1_000).ids()).hasSize((int) (140 - after));
        }
    }

    @Test
    void cursorBetweenTheFloorAndTheOldestEntryHasNoGap() {
        append(110, 120, 130);
        retained.evictOldest();
        assertThat(read(109, 1_000)).isEqualTo(new Seen(110, List.of(120L, 130L)));
        assertThat(read(110, 1_000)).isEqualTo(new Seen(0, List.of(120L, 130L)));
        assertThat(read(115, 1_000)).isEqualTo(new Seen(0, List.of(120L, 130L)));
    }

    @Test
    void gapIsToldUpToTheWatermarkOnly() {
        append(110, 120, 130);
        retained.evictOldest();
        retained.evictOldest();
        assertThat(read(100, 115)).isEqualTo(new Seen(115, List.of()));
        assertThat(read(115, 130)).isEqualTo(new Seen(120, List.of(130L)));
    }

    @Test
    void evictedToTheLastItRemembersWhatWasHere() {
        append(110, 120);
        retained.evictOldest();
        retained.evictOldest();
        assertThat(read(119, 1_000)).isEqualTo(new Seen(120, List.of()));
        assertThat(read(120, 1_000)).isEqualTo(new Seen(0, List.of()));
        assertThat(retained.lastId()).isEqualTo(120);
        assertThat(retained.oldest()).isNull();
        assertThatIllegalStateException().isThrownBy(retained::evictOldest);
    }

    @Test
    void trimmingGivesBackSlotsAndKeepsEveryEntry() {
        append(LongStream.rangeClosed(101, 200).toArray());
        for (int left = 100; left > 0; left--) {
            retained.evictOldest();
            retained.trim();
            assertThat(read(retained.floor(), 1_000).ids()).hasSize(left - 1);
        }
        assertThat(read(199, 1_000)).isEqualTo(new Seen(200, List.of()));
        append(201, 202, 203, 204, 205);
        assertThat(read(200, 1_000)).isEqualTo(new Seen(0, List.of(201L, 202L, 203L, 204L, 205L)));
    }

    @Test
    void slidingForLongItSeesTheNewestOnly() {
        for (long id = 101; id <= 10_000; id++) {
            append(id);
            if (retained.size() > 7) {
                retained.evictOldest();
            }
        }
        assertThat(read(1, 20_000))
                .isEqualTo(new Seen(
                        9_993, LongStream.rangeClosed(9_994, 10_000).boxed().toList()));
    }

    @Test
    void bytesAreTheSumOfWhatIsRetained() {
        append(101, 102, 103);
        int one = publication(101).bytes();
        assertThat(retained.bytes()).isEqualTo(3L * one);
        assertThat(retained.evictOldest()).isEqualTo(one);
        assertThat(retained.bytes()).isEqualTo(2L * one);
    }

    @Test
    void aReaderThatIsOvertakenSaysSo() {
        append(101, 102, 103, 104);
        Retained.Reader reader = retained.read(100, 1_000);
        retained.evictOldest();
        retained.evictOldest();
        assertThat(reader.current()).isNotNull();
        reader.advance();
        assertThat(reader.current()).isNull();
        assertThat(reader.evicted()).isTrue();
    }

    @Test
    void aReaderOfARingThatWasReplacedReadsOnFromTheOldOne() {
        append(101, 102, 103, 104);
        Retained.Reader reader = retained.read(100, 1_000);
        append(105); // a larger ring
        retained.evictOldest();
        retained.evictOldest();
        assertThat(rest(reader)).containsExactly(101L, 102L, 103L, 104L);
        assertThat(reader.evicted()).isFalse();
    }

    private record Seen(long gapTo, List<Long> ids) {}

    private Seen read(long after, long upTo) {
        Retained.Reader reader = retained.read(after, upTo);
        return new Seen(reader.gapTo(), rest(reader));
    }

    private static List<Long> rest(Retained.Reader reader) {
        List<Long> ids = new ArrayList<>();
        for (Publication p; (p = reader.current()) != null; reader.advance()) {
            ids.add(p.id());
        }
        return ids;
    }

    private void append(long... ids) {
        for (long id : ids) {
            retained.append(publication(id));
        }
    }

    private static Publication publication(long id) {
        return new Publication(id, "a", "message", new byte[10], 0, 0);
    }
}
