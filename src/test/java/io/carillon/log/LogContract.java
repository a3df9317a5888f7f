package io.carillon.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.ManualClock;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.core.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Log} promises. An implementation's test implements this and says how to make an empty one. */
interface LogContract {
    Duration KEY_WINDOW = Duration.ofMinutes(5);
    KeyLimits KEYS = new KeyLimits(KEY_WINDOW, 64 << 10);

    /** A new log that has stored nothing and is not started; remembers keys within {@link #KEYS}. */
    Log newLog(HubClock clock) throws Exception;

    // ---- ids ----

    @Test
    default void emptyLogStartsFromTheWallClock() throws Exception {
        ManualClock clock = new ManualClock();
        try (Started started = start(clock)) {
            assertThat(started.tail.base()).isEqualTo(clock.millis() * 1_000);
            assertThat(started.append(publication("a")).id()).isGreaterThan(started.tail.base());
        }
    }

    @Test
    default void idsRiseStrictlyWhateverTheClockDoes() throws Exception {
        ManualClock clock = new ManualClock();
        try (Started started = start(clock)) {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clock.stepWallClock(Duration.ofMillis(i % 2 == 0 ? -700 : 500));
                ids.add(started.append(publication("a")).id());
            }
            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(started.tail.ids()).isEqualTo(ids);
        }
    }

    @Test
    default void tailHasSeenAnEntryWhenItsAppendReturns() throws Exception {
        try (Started started = start(new ManualClock())) {
            for (int i = 0; i < 20; i++) {
                long id = started.append(publication("a")).id();
                assertThat(started.tail.ids()).endsWith(id).hasSize(i + 1);
            }
        }
    }

    @Test
    default void concurrentAppendsAreOneOrderAndEachBatchStaysTogether() throws Exception {
        int threads = 4;
        int batches = 100;
        int size = 3;
        try (Started started = start(new ManualClock())) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<List<List<Long>>>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String channel = "c" + t;
                results.add(pool.submit(() -> appendBatches(started, channel, batches, size)));
            }
            List<Long> answered = new ArrayList<>();
            for (Future<List<List<Long>>> result : results) {
                for (List<Long> batch : result.get()) {
                    assertThat(batch.get(size - 1) - batch.get(0)).isEqualTo(size - 1L);
                    assertThat(batch).isSorted();
                    answered.addAll(batch);
                }
            }
            pool.shutdown();
            Collections.sort(answered);
            assertThat(started.tail.ids()).isEqualTo(answered).doesNotHaveDuplicates();
            assertThat(answered).hasSize(threads * batches * size);
            assertThat(started.tail.overlapped()).isFalse();
        }
    }

    private static List<List<Long>> appendBatches(Started started, String channel, int batches, int size) {
        List<List<Long>> ids = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            List<NewPublication> batch = Collections.nCopies(size, publication(channel));
            ids.add(started.log.append(batch).stream().map(Appended::id).toList());
        }
        return ids;
    }

    // ---- without waiting ----

    @Test
    default void aReceiptIsToldWhatAnAppendReturnsAndTheTailHasSeenItThen() throws Exception {
        try (Started started = start(new ManualClock())) {
            Told told = new Told(started.tail);
            started.log.append(List.of(publication("a"), withKey("b", "k")), told);
            assertThat(told.answers().get(10, TimeUnit.SECONDS))
                    .extracting(Appended::id)
                    .isEqualTo(started.tail.ids());

            Told again = new Told(started.tail);
            started.log.append(List.of(withKey("b", "k")), again);
            assertThat(again.answers().get(10, TimeUnit.SECONDS).get(0).duplicate())
                    .isTrue();
        }
    }

    @Test
    default void aReceiptIsToldThatTheLogIsClosedAndNothingIsThrown() throws Exception {
        Started started = start(new ManualClock());
        started.close();
        Told told = new Told(started.tail);
        started.log.append(List.of(publication("a")), told);
        assertThat(told.answers())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(LogUnavailableException.class);
    }

    /** What a receipt has been told, and how many entries the tail had seen by then. */
    record Told(CompletableFuture<List<Appended>> answers, RecordingTail tail) implements Receipt {
        Told(RecordingTail tail) {
            this(new CompletableFuture<>(), tail);
        }

        @Override
        public void stored(List<Appended> all) {
            assertThat(tail.ids()).contains(all.get(all.size() - 1).id());
            answers.complete(all);
        }

        @Override
        public void failed(RuntimeException why) {
            answers.completeExceptionally(why);
        }
    }

    // ---- what is stored ----

    @Test
    default void answersAreInTheOrderOfTheBatch() throws Exception {
        try (Started started = start(new ManualClock())) {
            List<Appended> answers = started.log.append(List.of(publication("a"), publication("b"), publication("a")));
            assertThat(answers).extracting(Appended::channel).containsExactly("a", "b", "a");
            assertThat(answers).extracting(Appended::duplicate).containsOnly(false);
            assertThat(answers).extracting(Appended::id).isEqualTo(started.tail.ids());
        }
    }

    @Test
    default void publicationArrivesAsItWasGiven() throws Exception {
        ManualClock clock = new ManualClock();
        try (Started started = start(clock)) {
            clock.advance(Duration.ofSeconds(7));
            started.append(new NewPublication(
                    new ChannelName("orders.eu"), "created", bytes("{\"ä\": 1}"), Duration.ofSeconds(9), "key 1"));
            Publication stored = started.tail.publications().get(0);
            assertThat(stored.channel()).isEqualTo("orders.eu");
            assertThat(stored.event()).isEqualTo("created");
            assertThat(stored.data()).isEqualTo(bytes("{\"ä\": 1}"));
            assertThat(stored.time()).isEqualTo(clock.millis());
            assertThat(stored.expires()).isEqualTo(clock.millis() + 9_000);
        }
    }

    @Test
    default void absentZeroAndEndlessTimesToLiveNeverEnd() throws Exception {
        try (Started started = start(new ManualClock())) {
            started.append(withTtl(null));
            started.append(withTtl(Duration.ZERO));
            started.append(withTtl(Duration.ofSeconds(Long.MAX_VALUE)));
            started.append(withTtl(Duration.ofMillis(Long.MAX_VALUE)));
            assertThat(started.tail.publications())
                    .allSatisfy(publication ->
                            assertThat(publication.expired(Long.MAX_VALUE / 4)).isFalse());
        }
    }

    @Test
    default void emptyBatchIsAnsweredByNothing() throws Exception {
        try (Started started = start(new ManualClock())) {
            assertThat(started.log.append(List.of())).isEmpty();
            assertThat(started.tail.publications()).isEmpty();
        }
    }

    // ---- keys ----

    @Test
    default void sameKeyReturnsTheFirstIdAndStoresNothing() throws Exception {
        try (Started started = start(new ManualClock())) {
            Appended first = started.append(withKey("a", "k"));
            started.append(publication("a"));
            Appended second = started.append(withKey("a", "k"));
            assertThat(second).isEqualTo(new Appended(first.id(), "a", true));
            assertThat(started.tail.ids()).hasSize(2);
        }
    }

    @Test
    default void sameKeyOnAnotherChannelIsAnotherKey() throws Exception {
        try (Started started = start(new ManualClock())) {
            started.append(withKey("a", "k"));
            assertThat(started.append(withKey("b", "k")).duplicate()).isFalse();
            assertThat(started.append(withKey("a", "k2")).duplicate()).isFalse();
            assertThat(started.append(withKey("b", "k")).duplicate()).isTrue();
        }
    }

    @Test
    default void sameKeyTwiceInOneBatchIsStoredOnce() throws Exception {
        try (Started started = start(new ManualClock())) {
            List<Appended> answers =
                    started.log.append(List.of(withKey("a", "k"), publication("a"), withKey("a", "k")));
            long first = answers.get(0).id();
            assertThat(answers.get(2)).isEqualTo(new Appended(first, "a", true));
            assertThat(started.tail.ids()).containsExactly(first, answers.get(1).id());
        }
    }

    @Test
    default void batchOfDuplicatesOnlyStoresNothing() throws Exception {
        try (Started started = start(new ManualClock())) {
            List<NewPublication> batch = List.of(withKey("a", "1"), withKey("a", "2"));
            List<Appended> first = started.log.append(batch);
            List<Appended> again = started.log.append(batch);
            assertThat(again)
                    .extracting(Appended::id)
                    .isEqualTo(first.stream().map(Appended::id).toList());
            assertThat(again).extracting(Appended::duplicate).containsOnly(true);
            assertThat(started.tail.ids()).hasSize(2);
        }
    }

    @Test
    default void keysBeyondTheBoundAreForgottenOldestFirst() throws Exception {
        int most = (int) (KEYS.bytes() / (KeyWindow.OVERHEAD + "a 1000".length()));
        try (Started started = start(new ManualClock())) {
            for (int i = 0; i <= most; i++) {
                started.append(withKey("a", Integer.toString(1000 + i)));
            }
            assertThat(started.append(withKey("a", "1001")).duplicate()).isTrue();
            assertThat(started.append(withKey("a", Integer.toString(1000 + most)))
                            .duplicate())
                    .isTrue();
            assertThat(started.append(withKey("a", "1000")).duplicate()).isFalse();
            assertThat(started.append(withKey("a", "1001")).duplicate()).isFalse();
        }
    }

    @Test
    default void keyIsRememberedForItsWindowAndNotLonger() throws Exception {
        ManualClock clock = new ManualClock();
        try (Started started = start(clock)) {
            Appended first = started.append(withKey("a", "k"));
            clock.advance(KEY_WINDOW.minusMillis(1));
            assertThat(started.append(withKey("a", "k")).duplicate()).isTrue();
            clock.advance(Duration.ofMillis(1));
            Appended fresh = started.append(withKey("a", "k"));
            assertThat(fresh.duplicate()).isFalse();
            assertThat(fresh.id()).isGreaterThan(first.id());
            clock.advance(KEY_WINDOW.minusMillis(1));
            assertThat(started.append(withKey("a", "k"))).isEqualTo(new Appended(fresh.id(), "a", true));
        }
    }

    @Test
    default void clockThatIsSetBackForgetsNoKeyBeforeItsTime() throws Exception {
        ManualClock clock = new ManualClock();
        try (Started started = start(clock)) {
            clock.advance(Duration.ofHours(2));
            Appended early = started.append(withKey("a", "early"));
            clock.stepWallClock(Duration.ofHours(-1));
            Appended late = started.append(withKey("a", "late"));
            clock.advance(KEY_WINDOW.minusMillis(1));
            assertThat(started.append(withKey("a", "early"))).isEqualTo(new Appended(early.id(), "a", true));
            assertThat(started.append(withKey("a", "late"))).isEqualTo(new Appended(late.id(), "a", true));
        }
    }

    @Test
    default void manyThreadsWithOneKeyStoreItOnce() throws Exception {
        try (Started started = start(new ManualClock())) {
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<Future<Appended>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String key = "k" + i / 8;
                results.add(pool.submit(() -> started.append(withKey("a", key))));
            }
            List<Appended> answers = new ArrayList<>();
            for (Future<Appended> result : results) {
                answers.add(result.get());
            }
            pool.shutdown();
            assertThat(answers).filteredOn(answer -> !answer.duplicate()).hasSize(25);
            assertThat(started.tail.ids()).hasSize(25);
            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).id()).isEqualTo(answers.get(i / 8 * 8).id());
            }
        }
    }

    // ---- beginning and end ----

    @Test
    default void appendBeforeTheStartIsRefused() throws Exception {
        try (Log log = newLog(new ManualClock())) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> log.append(List.of(publication("a"))));
        }
    }

    @Test
    default void logIsStartedOnce() throws Exception {
        try (Started started = start(new ManualClock())) {
            assertThatThrownBy(() -> started.log.start(new RecordingTail())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void closedLogRefusesAppendsAndStoresNothing() throws Exception {
        try (Started started = start(new ManualClock())) {
            started.append(publication("a"));
            started.log.close();
            started.log.close();
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> started.log.append(List.of(publication("a"), publication("b"))));
            assertThat(started.tail.ids()).hasSize(1);
        }
    }

    // ---- words ----

    /** A log and its tail. */
    final class Started implements AutoCloseable {
        final Log log;
        final RecordingTail tail = new RecordingTail();

        private Started(Log log) {
            this.log = log;
            log.start(tail);
        }

        Appended append(NewPublication publication) {
            return log.append(List.of(publication)).get(0);
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private Started start(HubClock clock) throws Exception {
        return new Started(newLog(clock));
    }

    private static NewPublication publication(String channel) {
        return new NewPublication(new ChannelName(channel), bytes("1"));
    }

    private static NewPublication withKey(String channel, String key) {
        return new NewPublication(new ChannelName(channel), "message", bytes("1"), null, key);
    }

    private static NewPublication withTtl(@Nullable Duration ttl) {
        return new NewPublication(new ChannelName("a"), "message", bytes("1"), ttl, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
