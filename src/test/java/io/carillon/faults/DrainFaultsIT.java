package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server is stopped as an operator stops it, under load: everybody is told, and nothing that was acknowledged is lost. */
class DrainFaultsIT {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);

    static List<Launch> servers() {
        return Settings.LONG
                ? List.of(Launch.BARE, Launch.WILDFLY, Launch.PAYARA, Launch.TOMEE)
                : List.of(Launch.WILDFLY);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everybodyIsToldAndResumes(Launch launch) {
        HubProcess hub = HubProcess.withJournal(launch, "drain");
        try (Trial trial = new Trial(hub, 4).start()) {
            Crowd crowd =
                    launch == Launch.BARE ? trial.subscribers(Wire.SSE, Wire.POLL) : trial.subscribers(Wire.values());
            trial.publish(new Publishers.Style(3, true, 300, 100));
            trial.publish(new Publishers.Style(1, false, 100, 100));
            trial.awaitAcknowledged(300);
            long term = System.nanoTime();
            hub.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - term);
            int told = crowd.byes();
            List<String> untold = crowd.members().stream()
                    // A poll that is between two requests cannot be told: it finds nobody.
                    .filter(member -> member.byes() == 0 && !(member instanceof PollMember))
                    .map(member -> member + ": " + member.lastEnd)
                    .toList();
            hub.start();
            trial.awaitAcknowledged(100);
            Verdict verdict = trial.settle(false);

            Figures.report(
                    "drain, " + hub.kind(),
                    List.of(
                            "SIGTERM under load: ended after " + Figures.seconds(took),
                            told + " of " + crowd.members().size()
                                    + " clients were told (bye, or 1001; a poll between two requests cannot be)",
                            verdict.figures()));
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(took).as("time to stop").isLessThan(STOPS_WITHIN);
            assertThat(untold).as("clients that were not told").isEmpty();
        }
    }
}
