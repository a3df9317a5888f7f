package io.carillon.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who does not wait for the log hears of the outcome once, also when the log has nothing to say. */
class ReceiptTest {
    /** Answers when it is told to. */
    private static final class LateLog implements Log {
        final List<Receipt> waiting = new ArrayList<>();

        @Override
        public void start(Tail tail) {
            tail.begin(1);
        }

        @Override
        public List<Appended> append(List<NewPublication> batch) {
            throw new IllegalStateException("that would wait");
        }

        @Override
        public void append(List<NewPublication> batch, Receipt receipt) {
            waiting.add(receipt);
        }

        @Override
        public void close() {}
    }

    private final List<String> heard = new ArrayList<>();
    private final Receipt receipt = new Receipt() {
        @Override
        public void stored(List<Appended> answers) {
            heard.add("stored " + answers.size());
        }

        @Override
        public void failed(RuntimeException why) {
            heard.add(why.getClass().getSimpleName());
        }
    };

    @Test
    void aLogThatNeedNotWaitTellsBeforeTheCallReturns() {
        TestHub hub = TestHub.retaining(3);
        hub.hub.listen((batch, answers) -> heard.add("listener " + answers.size()));

        hub.hub.publish(batch(), receipt);

        assertThat(heard).containsExactly("listener 1", "stored 1");
        assertThat(hub.hub.figures().publishing().accepted()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedBeforeTheLogIsAskedIsThrown() {
        TestHub hub = TestHub.retaining(3);
        hub.hub.shutdown(Duration.ZERO);

        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> hub.hub.publish(batch(), receipt));
        assertThat(heard).isEmpty();
    }

    @Test
    void afterTenSecondsNobodyKnowsAndWhatComesThenIsTooLate() {
        ManualClock clock = new ManualClock();
        LateLog log = new LateLog();
        Hub hub = hub(log, clock);
        hub.publish(batch(), receipt);
        hub.publish(batch(), receipt);
        log.waiting.get(1).stored(List.of());

        clock.advance(Duration.ofMillis(9_999));
        hub.beat();
        assertThat(heard).containsExactly("stored 0");

        clock.advance(Duration.ofMillis(1));
        hub.beat();
        log.waiting.get(0).stored(List.of());
        hub.beat();
        assertThat(heard).containsExactly("stored 0", "LogUnavailableException");
    }

    @Test
    void aReceiptThatThrowsIsNoTroubleOfTheLogs() {
        ManualClock clock = new ManualClock();
        LateLog log = new LateLog();
        hub(log, clock).publish(batch(), new Receipt() {
            @Override
            public void stored(List<Appended> answers) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void failed(RuntimeException why) {
                heard.add("failed");
            }
        });

        log.waiting.get(0).stored(List.of());

        assertThat(heard).isEmpty();
    }

    private static Hub hub(Log log, ManualClock clock) {
        Hub hub = new Hub(new TestHub.Settings().build(), log, Runnable::run, clock);
        hub.start();
        return hub;
    }

    private static List<NewPublication> batch() {
        return List.of(new NewPublication(new ChannelName("a"), "1".getBytes(UTF_8)));
    }
}
