package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} while it is being published and read: what was acknowledged is there afterwards, once and in order, for
 * everybody, or everybody is told of it.
 */
class KillFaultsIT {
    private static final Publishers.Style KEYED = new Publishers.Style(3, true, 900, 100);
    private static final Publishers.Style WITHOUT_KEYS = new Publishers.Style(1, false, 300, 100);

    private static final int AGAIN = 4;

    private final Random random = new Random(1);

    @Test
    void aHubInMemoryOwnsUpToWhatItForgot() {
        HubProcess hub = HubProcess.inMemory(Launch.BARE, "memory");

        // Without keys: they are forgotten, too, so that a retry is stored anew.
        Verdict verdict = kill(hub, "memory", 3, WITHOUT_KEYS, Wire.SSE, Wire.POLL);

        assertThat(verdict.clean()).as("%s", verdict).isTrue();
        assertThat(verdict.gaps()).as("gaps").isGreaterThanOrEqualTo(3L * verdict.subscribers());
    }

    static Stream<Arguments> servers() {
        return Settings.LONG
                ? Stream.of(
                        Arguments.of(Launch.BARE, 170),
                        Arguments.of(Launch.WILDFLY, 16),
                        Arguments.of(Launch.PAYARA, 7),
                        Arguments.of(Launch.TOMEE, 7))
                : Stream.of(
                        Arguments.of(Launch.BARE, 20),
                        Arguments.of(Launch.WILDFLY, 3),
                        Arguments.of(Launch.PAYARA, 1),
                        Arguments.of(Launch.TOMEE, 1));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aHubWithAJournalLosesNothing(Launch launch, int kills) {
        HubProcess hub = HubProcess.withJournal(launch, "kill");
        Wire[] wires = launch == Launch.BARE ? new Wire[] {Wire.SSE, Wire.POLL} : Wire.values();

        Verdict verdict = kill(hub, "journal", kills, KEYED, wires);

        assertThat(verdict.clean()).as("%s", verdict).isTrue();
    }

    private Verdict kill(HubProcess process, String log, int kills, Publishers.Style style, Wire... wires) {
        boolean remembers = style.keyed();
        try (Trial trial = new Trial(process, 4).start()) {
            Crowd crowd = trial.subscribers(wires);
            Publishers publishers = trial.publish(style);
            trial.publish(WITHOUT_KEYS);
            for (int i = 1; i <= kills; i++) {
                trial.awaitAcknowledged(20 + random.nextInt(300));
                process.kill();
                if (i % AGAIN == 0) { // and once more, while it starts and reads what it has stored
                    process.begin();
                    long startTakes = process.starts().get(0).toMillis();
                    Trial.pause(Duration.ofMillis((long) (startTakes * random.nextDouble())));
                    process.kill();
                }
                process.start();
            }
            trial.awaitAcknowledged(200);
            Verdict verdict = trial.settle(!remembers);
            List<Duration> starts = process.starts();
            Figures.report(
                    "kill -9, " + process.kind() + ", " + log,
                    List.of(
                            kills + " kills while it was published and read, " + kills / AGAIN
                                    + " more during the start after it",
                            verdict.figures(),
                            "after a kill up again: " + Figures.times(starts.subList(1, starts.size())),
                            publishers.retries() + " requests retried; " + publishers.duplicates()
                                    + " answered as stored before; " + crowd.breaks() + " connections lost"));
            return verdict;
        }
    }
}
