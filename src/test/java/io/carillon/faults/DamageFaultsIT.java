package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The journal is damaged while the hub is down: the next start refuses it, in words, or goes on without what is lost and
 * tells everybody. Nothing damaged is ever delivered.
 */
class DamageFaultsIT {
    private static final int TIMES = Settings.LONG ? 100 : 12;
    private static final String SKIP = "-Dcarillon.journal.repair=skip";

    private enum Damage {
        /** The newest file ends within a record: a write that the kill has parted. */
        TORN {
            @Override
            void on(Path newest, Path any, Random random) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
                    byte[] part = new byte[9 + random.nextInt(20)]; // of its first record, which is longer
                    file.readFully(part);
                    file.seek(file.length());
                    file.write(part);
                }
            }
        },
        /** One bit of any file is another. */
        FLIPPED {
            @Override
            void on(Path newest, Path any, Random random) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(any.toFile(), "rw")) {
                    long at = (long) (random.nextDouble() * file.length());
                    file.seek(at);
                    int was = file.read();
                    file.seek(at);
                    file.write(was ^ (1 << random.nextInt(8)));
                }
            }
        },
        /** A sector of the newest file is zeros. */
        ZEROED {
            @Override
            void on(Path newest, Path any, Random random) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
                    long sectors = Math.max(1, file.length() / 512);
                    file.seek(random.nextInt((int) sectors) * 512L);
                    file.write(new byte[512]);
                }
            }
        },
        /** The newest file ends with something else. */
        GARBAGE {
            @Override
            void on(Path newest, Path any, Random random) throws IOException {
                byte[] garbage = new byte[1 + random.nextInt(3_000)];
                random.nextBytes(garbage);
                try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
                    file.seek(file.length());
                    file.write(garbage);
                }
            }
        };

        abstract void on(Path newest, Path any, Random random) throws IOException;
    }

    private final Random random = new Random(3);
    private final Map<Damage, List<String>> outcomes = new EnumMap<>(Damage.class);

    @Test
    void damageIsFoundToldAndNeverDelivered() throws IOException {
        HubProcess hub = HubProcess.withJournal(Launch.BARE, "damage", Map.of("carillon.journal.segment", "1MB"));
        try (Trial trial = new Trial(hub, 2).start()) {
            trial.subscribers(Wire.SSE, Wire.POLL);
            trial.publish(new Publishers.Style(2, false, 0, 500));
            int refused = 0;
            for (int i = 0; i < TIMES; i++) {
                trial.awaitAcknowledged(300);
                hub.kill();
                Damage damage = Damage.values()[i % Damage.values().length];
                damage.on(newest(hub), any(hub), random);
                if (!hub.tryStart()) {
                    refused++;
                    assertThat(hub.output())
                            .as("why it refuses to start after " + damage)
                            .contains("journal", "damage");
                    outcome(damage, "refused");
                    assertThat(hub.tryStart(SKIP))
                            .as("starts when it is told to skip what is damaged:%n%s", hub.output())
                            .isTrue();
                } else {
                    outcome(damage, "started");
                }
            }
            trial.awaitAcknowledged(100);
            Verdict verdict = trial.settle(true);

            Figures.report(
                    "damaged journal, " + hub.kind(),
                    List.of(
                            TIMES + " times damaged between a kill and a start: " + outcomes,
                            refused + " starts refused, and then told to skip what is damaged",
                            verdict.figures()));
            assertThat(verdict.clean()).as("%s", verdict).isTrue();
            assertThat(verdict.gaps()).as("gaps").isPositive();
        }
    }

    private void outcome(Damage damage, String what) {
        outcomes.computeIfAbsent(damage, d -> new ArrayList<>()).add(what);
    }

    private static Path newest(HubProcess hub) throws IOException {
        List<Path> segments = files(hub).stream()
                .filter(file -> !file.getFileName().toString().equals("ids"))
                .toList();
        return segments.get(segments.size() - 1);
    }

    private Path any(HubProcess hub) throws IOException {
        List<Path> files = files(hub);
        return files.get(random.nextInt(files.size()));
    }

    /** In the order of their names, which is that of their age. */
    private static List<Path> files(HubProcess hub) throws IOException {
        try (Stream<Path> files = Files.list(hub.journal())) {
            return files.filter(file -> !file.getFileName().toString().equals("lock"))
                    .sorted()
                    .toList();
        }
    }
}
