package io.carillon.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux says of processes. */
final class Proc {
    private static final Path ROOT = Path.of("/proc");
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");
    private static final long NANOS_PER_TICK = 10_000_000;

    private Proc() {}

    /** Processor time of a process, with what its threads took that have ended, in nanoseconds; 10 ms are the grain. */
    static long cpu(long pid) {
        String stat = read(ROOT.resolve(pid + "/stat"));
        if (stat.isEmpty()) {
            return 0; // ended
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // its name may have blanks
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK; // proc(5): utime and stime
    }

    /** What the threads took by which a JVM compiles, as far as they have not ended. */
    static long compilers(long pid) {
        long nanos = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(ROOT.resolve(pid + "/task"))) {
            for (Path thread : all) {
                if (COMPILER.matcher(read(thread.resolve("comm"))).lookingAt()) {
                    nanos += firstNumber(thread.resolve("schedstat"));
                }
            }
        } catch (NoSuchFileException e) {
            return nanos; // ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanos;
    }

    /** Files and sockets that a process has open. */
    static long files(long pid) {
        try (Stream<Path> all = Files.list(ROOT.resolve(pid + "/fd"))) {
            return all.count();
        } catch (NoSuchFileException e) {
            return 0; // ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that anything on this machine took, in nanoseconds; 10 ms are the grain. */
    static long machine() {
        String[] fields = read(ROOT.resolve("stat")).lines().findFirst().orElseThrow().split(" +", -1);
        long ticks = 0;
        for (int field : new int[] {1, 2, 3, 6, 7}) { // user, nice, system, irq, softirq
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * NANOS_PER_TICK;
    }

    /** Bytes of a process that are in RAM, shared pages in part. */
    static long resident(long pid) {
        return read(ROOT.resolve(pid + "/smaps_rollup")).lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Puts all threads of a process on these processors, and those that they will start. */
    static void pin(long pid, String processors) {
        run(List.of("taskset", "-a", "-c", "-p", processors, Long.toString(pid)));
    }

    static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " says: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long firstNumber(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            return 0; // a thread that has ended
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return ""; // a thread that has ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
