package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Thousands are cut off at one moment and come back at once, while others go on reading. */
class StormFaultsIT {
    private static final int CLIENTS = 5_000;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
    /** Load and hub share the processors. A stall, which is what this looks for, takes seconds. */
    private static final Duration NOISE = Duration.ofMillis(250);

    private static final Duration CALM = Duration.ofSeconds(Settings.LONG ? 20 : 6);
    private static final int STORMS = Settings.LONG ? 5 : 1;

    @Test
    void everybodyIsBackAndExactAndBystandersGoOn() {
        HubProcess hub = HubProcess.withJournal(Launch.WILDFLY, "storm");
        try (Trial trial = new Trial(hub, 2).start()) {
            String busy = trial.channels.get(0);
            String quiet = trial.channels.get(1);
            Latencies latencies = new Latencies();
            Crowd bystanders = trial.crowd(Crowd.Manners.EAGER, latencies);
            Crowd crowd = trial.crowd(Crowd.Manners.POLITE, null);
            for (Wire wire : Wire.values()) {
                bystanders.with(10, wire, List.of(quiet), trial.since());
                crowd.with(wire == Wire.POLL ? CLIENTS / 5 : CLIENTS * 2 / 5, wire, List.of(busy), trial.since());
            }
            trial.awaitStanding(bystanders.start());
            trial.publish(List.of(quiet), new Publishers.Style(1, true, 50, 100));
            trial.publish(List.of(busy), new Publishers.Style(1, true, 5, 100));
            long joining = System.nanoTime();
            trial.awaitStanding(crowd.start());
            Duration joined = since(joining);
            for (int storm = 1; storm <= STORMS; storm++) {
                storm(trial, crowd, latencies, joined);
            }
            Verdict verdict = trial.settle(false);

            Figures.report("disconnect storm, verdict", List.of(verdict.figures()));
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(bystanders.breaks())
                    .as("connections that bystanders lost")
                    .isZero();
        }
    }

    private static void storm(Trial trial, Crowd crowd, Latencies latencies, Duration joined) {
        long before = System.nanoTime();
        Trial.pause(CALM);
        int breaks = crowd.breaks();
        long cut = System.nanoTime();
        crowd.cut(member -> true);
        await().pollInterval(Duration.ofMillis(5)).until(() -> crowd.breaks() >= breaks + CLIENTS);
        long gone = System.nanoTime();
        trial.awaitStanding(crowd);
        trial.awaitCaughtUp(BACK_WITHIN);
        long back = System.nanoTime();
        Trial.pause(CALM);
        long end = System.nanoTime();
        Figures.report(
                "disconnect storm, wildfly",
                List.of(
                        CLIENTS + " clients (2/5 WebSocket, 2/5 SSE, 1/5 poll) joined in " + Figures.seconds(joined),
                        "all cut within " + Figures.seconds(Duration.ofNanos(gone - cut))
                                + ", all back and exact after " + Figures.seconds(Duration.ofNanos(back - cut)),
                        "30 bystanders, 50 publications/s, p50/p99 before: " + latency(latencies, before, cut)
                                + "; during: " + latency(latencies, cut, back) + "; after: "
                                + latency(latencies, back, end)));
        assertThat(Duration.ofNanos(back - cut)).as("all back and exact").isLessThan(BACK_WITHIN);
        assertThat(latencies.percentile(0.99, cut, back))
                .as("what bystanders wait for during a storm, p99")
                .isLessThan(
                        latencies.percentile(0.99, before, cut).multipliedBy(3).plus(NOISE));
    }

    private static String latency(Latencies latencies, long from, long to) {
        return Figures.millis(latencies.percentile(0.5, from, to)) + " / "
                + Figures.millis(latencies.percentile(0.99, from, to));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
