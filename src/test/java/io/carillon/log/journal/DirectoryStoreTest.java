package io.carillon.log.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.carillon.core.Log;
import io.carillon.core.LogFullException;
import io.carillon.core.ManualClock;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.log.KeyLimits;
import io.carillon.log.journal.Store.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on the file system of this machine. */
class DirectoryStoreTest {
    @TempDir
    Path temp;

    @Test
    void aSecondHubOnTheDirectoryIsRefusedInTheSameServer() {
        Path directory = temp.resolve("journal");
        JournalLog first = start(directory, new Ignoring());
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> start(directory, new Ignoring()))
                    .withMessageContaining(directory + " is in use by another hub in this server")
                    .withMessageContaining("carillon.journal.dir");
        }
        first.append(List.of(publication("1")));
        first.close();
        start(directory, new Ignoring()).close();
    }

    @Test
    void aSecondHubOnTheDirectoryIsRefusedInAnotherProcess() throws Exception {
        Path directory = temp.resolve("journal");
        JournalLog first = start(directory, new Ignoring());
        assertThat(secondProcess(directory)).contains("is in use by another hub in another process");
        first.close();
        assertThat(secondProcess(directory)).contains("started");
    }

    private static String secondProcess(Path directory) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Second.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** What the other process does. */
    static final class Second {
        public static void main(String[] arguments) {
            try {
                start(Path.of(arguments[0]), new Ignoring()).close();
                System.out.println("started");
            } catch (JournalException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void onlyTheHubsOwnUserMayReadTheDirectory() throws IOException {
        Path directory = temp.resolve("a").resolve("journal");
        start(directory, new Ignoring()).close();
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
    }

    @Test
    void aFileSystemWithoutRoomIsSaidToBeFullAndRecovers() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()))
                .as("leave to mount a small disk")
                .isZero();
        try {
            Path ballast = disk.resolve("ballast");
            JournalLog log = start(disk.resolve("journal"), new Ignoring());
            Files.write(ballast, new byte[200 << 10]);
            NewPublication large = publication("\"" + "x".repeat(60 << 10) + "\"");
            assertThatExceptionOfType(LogFullException.class).isThrownBy(() -> log.append(List.of(large)));
            long first = log.append(List.of(publication("1"))).get(0).id();
            Files.delete(ballast);
            long second = log.append(List.of(large)).get(0).id();
            log.close();

            Ignoring tail = new Ignoring();
            start(disk.resolve("journal"), tail).close();
            assertThat(tail.ids).containsExactly(first, second);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        try (DirectoryStore store = DirectoryStore.open(temp.resolve("journal"));
                StoreFile file = store.open("x")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            file.force();
            file.truncate(2);
            store.rename("x", "y");
            store.sync();
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(file.read(read, 1)).isEqualTo(1);
            assertThat(read.get(0)).isEqualTo((byte) 2);
            assertThat(file.size()).isEqualTo(2);
            assertThat(store.names()).containsExactly("y");
            store.delete("y");
            assertThat(store.names()).isEmpty();
        }
    }

    private static NewPublication publication(String data) {
        return Life.publication("a", data, null);
    }

    private static JournalLog start(Path directory, Ignoring tail) {
        JournalLog log = new JournalLog(
                new JournalSettings(
                        directory,
                        SyncPolicy.ALWAYS,
                        Duration.ofMillis(10),
                        64 << 10,
                        1 << 20,
                        false,
                        new KeyLimits(Life.KEY_WINDOW, 1 << 20),
                        100),
                new ManualClock());
        log.start(tail);
        return log;
    }

    /** A tail that notes only the ids. */
    private static final class Ignoring implements Log.Tail {
        final List<Long> ids = new ArrayList<>();

        @Override
        public void begin(long base) {}

        @Override
        public void dropped(String channel, long newest) {}

        @Override
        public void apply(List<Publication> batch) {
            batch.forEach(publication -> ids.add(publication.id()));
        }

        @Override
        public void lost(long upTo) {}
    }
}
