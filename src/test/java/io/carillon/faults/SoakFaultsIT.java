package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Wire;
import io.carillon.contract.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Half of what it can do, for a while: nothing grows. */
class SoakFaultsIT {
    private static final Duration WARM_UP = Duration.ofSeconds(Settings.LONG ? 30 : 8);
    private static final Duration AT_MOST = Duration.ofSeconds(Settings.LONG ? 20 : 7);
    private static final Duration SOAK = Duration.ofSeconds(Settings.LONG ? 600 : 45);
    private static final int SAMPLES = 10;
    /**
     * Publications a second that it is asked for at most. Each is read and checked fifteen times in this JVM; where the hub can do
     * more than these readers, they would be told of gaps, rightly.
     */
    private static final int READABLE = 5_000;

    /** @param heap what lives after a collection, in bytes */
    private record Sample(long heap, long resident, int threads, int descriptors) {
        static Sample of(ServerProcess process) {
            return new Sample(process.liveHeap(), process.resident(), process.threads(), process.descriptors());
        }
    }

    @Test
    void nothingGrows() {
        // Little history and few keys, so that what is retained does not grow either once the first seconds are over.
        // Some seconds' worth it has to be, or a poll that is held up while it is published hard has a gap,
        // rightly.
        HubProcess hub = HubProcess.withJournal(
                Launch.WILDFLY,
                "soak",
                Map.of(
                        "carillon.history.count", "10000",
                        "carillon.history.bytes", "16MB",
                        "carillon.key.window", "10s"));
        try (Trial trial = new Trial(hub, 4).start()) {
            Crowd crowd = trial.crowd(Crowd.Manners.EAGER, null);
            for (Wire wire : Wire.values()) {
                trial.channels.forEach(channel -> crowd.with(5, wire, List.of(channel), trial.since()));
            }
            trial.awaitStanding(crowd.start());
            Publishers hard = trial.publish(new Publishers.Style(4, false, READABLE, 200));
            Trial.pause(WARM_UP);
            long from = trial.ledger.acknowledged();
            Trial.pause(AT_MOST);
            long most = (trial.ledger.acknowledged() - from) / AT_MOST.toSeconds();
            hard.close();

            trial.publish(new Publishers.Style(4, true, (int) most / 2, 200));
            ServerProcess process = ServerProcess.listeningOn(hub.target().port());
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < SAMPLES; i++) {
                Trial.pause(SOAK.dividedBy(SAMPLES));
                samples.add(Sample.of(process));
            }
            int breaks = crowd.breaks();
            Verdict verdict = trial.settle(false);

            Sample first = samples.get(0);
            Sample last = samples.get(SAMPLES - 1);
            Figures.report(
                    "soak, wildfly",
                    List.of(
                            most + " publications/s to 15 subscribers each (at most " + READABLE
                                    + " asked for), half of it for " + SOAK.toSeconds() + " s",
                            "live heap, MB: " + list(samples, sample -> sample.heap >> 20),
                            "resident, MB: " + list(samples, sample -> sample.resident >> 20),
                            "threads: " + list(samples, Sample::threads) + "; descriptors: "
                                    + list(samples, Sample::descriptors),
                            verdict.figures()));
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(breaks).as("connections lost").isZero();
            assertThat(last.heap).as("live heap").isLessThan(first.heap + first.heap / 10 + (4 << 20));
            assertThat(last.threads).as("threads").isLessThanOrEqualTo(first.threads + 8);
            assertThat(last.descriptors).as("descriptors").isLessThanOrEqualTo(first.descriptors + 8);
        }
    }

    private static List<Long> list(List<Sample> samples, ToLongFunction<Sample> what) {
        return samples.stream().map(what::applyAsLong).toList();
    }
}
