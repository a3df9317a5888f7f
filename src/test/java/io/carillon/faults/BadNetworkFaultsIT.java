package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Wire;
import io.carillon.contract.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients behind a bad network, on each transport: they hurt nobody but themselves, and are exact once it is good again. */
class BadNetworkFaultsIT {
    private static final int OF_EACH = 2;
    private static final Crowd.Manners PATIENT =
            new Crowd.Manners(50, Duration.ofSeconds(1), false, Duration.ofSeconds(12));
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration BAD = Duration.ofSeconds(Settings.LONG ? 60 : 15);

    @Test
    void theBadNetworkOfSomeIsNobodyElsesTrouble() {
        HubProcess hub = HubProcess.withJournal(Launch.WILDFLY, "network");
        Map<FaultyProxy.Fault, FaultyProxy> proxies = new EnumMap<>(FaultyProxy.Fault.class);
        try (Trial trial = new Trial(hub, 1).start()) {
            Latencies latencies = new Latencies();
            Crowd bystanders = trial.crowd(Crowd.Manners.EAGER, latencies);
            Map<FaultyProxy.Fault, Crowd> crowds = new EnumMap<>(FaultyProxy.Fault.class);
            for (Wire wire : Wire.values()) {
                bystanders.with(5, wire, trial.channels, trial.since());
            }
            trial.awaitStanding(bystanders.start());
            trial.publish(new Publishers.Style(2, true, 200, 300));
            long before = System.nanoTime();
            Trial.pause(CALM);
            long bad = System.nanoTime();
            for (FaultyProxy.Fault fault : FaultyProxy.Fault.values()) {
                FaultyProxy proxy = new FaultyProxy(trial.hub.target(), fault);
                proxies.put(fault, proxy);
                Crowd crowd = trial.crowd(proxy.target(), PATIENT, null);
                for (Wire wire : Wire.values()) {
                    crowd.with(OF_EACH, wire, trial.channels, trial.since());
                }
                crowds.put(fault, crowd.start());
            }
            Trial.pause(BAD);
            long healed = System.nanoTime();
            proxies.values().forEach(FaultyProxy::heal);
            int alive = 15 + crowds.size() * Wire.values().length * OF_EACH;
            long letGo = awaitPresent(trial, alive);
            int sockets = ServerProcess.connections(hub.target().port());
            Verdict verdict = trial.settle(false);

            List<String> lines = new ArrayList<>();
            lines.add(verdict.figures());
            lines.add("bystanders' p50/p99 before: " + latency(latencies, before, bad) + "; during: "
                    + latency(latencies, bad, healed));
            crowds.forEach((fault, crowd) ->
                    lines.add(fault + ": " + proxies.get(fault).struck() + " connections spoiled, " + crowd.breaks()
                            + " lost by " + crowd.members().size() + " clients"));
            lines.add("connections that the hub knew " + Figures.seconds(Duration.ofNanos(letGo - healed)) + " later: "
                    + alive + ", one for each client; TCP connections that the server held then: " + sockets);
            Figures.report("bad network, wildfly", lines);
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(bystanders.breaks())
                    .as("connections that bystanders lost")
                    .isZero();
            for (FaultyProxy.Fault fault :
                    List.of(FaultyProxy.Fault.BLACK_HOLE, FaultyProxy.Fault.HALF_OPEN, FaultyProxy.Fault.RESET)) {
                assertThat(proxies.get(fault).struck())
                        .as("connections spoiled by " + fault)
                        .isGreaterThanOrEqualTo(Wire.values().length * OF_EACH);
            }
        } finally {
            proxies.values().forEach(FaultyProxy::close);
        }
    }

    /** Whoever is dead is let go, while it is still published to him, and only he. */
    private static long awaitPresent(Trial trial, int clients) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> trial.present(trial.channels.get(0)) == clients);
        return System.nanoTime();
    }

    private static String latency(Latencies latencies, long from, long to) {
        return Figures.millis(latencies.percentile(0.5, from, to)) + " / "
                + Figures.millis(latencies.percentile(0.99, from, to));
    }
}
