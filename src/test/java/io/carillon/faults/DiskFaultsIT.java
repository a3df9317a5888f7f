package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The disk is full: publishing is refused, nobody loses his connection, and it goes on when there is room again. */
class DiskFaultsIT {
    private static final int BALLAST = 2 << 20;

    static List<Launch> servers() {
        return Settings.LONG
                ? List.of(Launch.BARE, Launch.WILDFLY, Launch.PAYARA, Launch.TOMEE)
                : List.of(Launch.WILDFLY);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void publishingIsRefusedAndRecovers(Launch launch) throws IOException {
        try (SmallDisk disk =
                SmallDisk.mount(Path.of("target", "faults", "small-disk").toAbsolutePath(), "8m")) {
            HubProcess hub = HubProcess.withJournal(launch, "disk", disk.path().resolve("journal"), Map.of());
            fillAndMakeRoom(hub, disk);
        }
    }

    private static void fillAndMakeRoom(HubProcess hub, SmallDisk disk) throws IOException {
        Path ballast = disk.path().resolve("ballast");
        try (Trial trial = new Trial(hub, 2)) {
            Files.write(ballast, new byte[BALLAST]);
            trial.start();
            Crowd crowd = trial.subscribers(Wire.SSE, Wire.POLL);
            Publishers publishers = trial.publish(new Publishers.Style(3, true, 0, 2_000));
            await().atMost(Duration.ofSeconds(60)).until(() -> publishers.full() >= 20);
            long full = trial.ledger.acknowledged();
            Files.delete(ballast);
            long room = System.nanoTime();
            trial.awaitAcknowledged(20);
            Duration recovered = Duration.ofNanos(System.nanoTime() - room);
            int breaks = crowd.breaks();

            long refusals = publishers.full();
            await().atMost(Duration.ofSeconds(60)).until(() -> publishers.full() >= refusals + 20);
            hub.kill(); // on a full disk, and it comes up again without a byte of room
            hub.start();
            disk.enlarge("64m");
            trial.awaitAcknowledged(20);
            Verdict verdict = trial.settle(false);

            Figures.report(
                    "full disk, " + hub.kind(),
                    List.of(
                            "full after " + full + " publications: " + publishers.full() + " answers 507",
                            "room made: acknowledged again within " + Figures.millis(recovered),
                            "killed while full, up again on the full disk, and on when it was enlarged",
                            verdict.figures()));
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(breaks).as("connections lost while the disk was full").isZero();
        }
    }
}
