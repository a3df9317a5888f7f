package io.carillon.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** What a test has measured beside what it asserts: in its output, and kept in {@code target/figures}. */
final class Figures {
    private Figures() {}

    /** Adds a line to the file of that name. */
    static void record(String name, String format, Object... arguments) {
        String line = String.format(Locale.ROOT, format, arguments) + System.lineSeparator();
        System.out.print(line);
        try {
            Path folder = Files.createDirectories(Path.of("target", "figures"));
            Files.writeString(
                    folder.resolve(name + ".txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value below which that many hundredths of all values are, in milliseconds. */
    static double percentile(int hundredths, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * hundredths / 100.0) - 1] / 1e6;
    }
}
