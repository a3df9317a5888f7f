package io.carillon.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own, in memory, that fills up. Needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** @param size as mount knows it: {@code 8m} */
    static SmallDisk mount(Path path, String size) throws IOException {
        Files.createDirectories(path);
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "carillon-faults", path.toString());
        return new SmallDisk(path);
    }

    void enlarge(String size) throws IOException {
        run("mount", "-o", "remount,size=" + size, path.toString());
    }

    Path path() {
        return path;
    }

    /** Forgets what is on it. */
    @Override
    public void close() throws IOException {
        run("umount", "--lazy", path.toString());
    }

    private static void run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + " says " + output.strip());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
