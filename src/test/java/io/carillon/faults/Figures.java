package io.carillon.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a run has measured, for people: a section for each scenario in target/faults/report.md. */
final class Figures {
    private static final Path REPORT = Path.of("target", "faults", "report.md");

    private Figures() {}

    static synchronized void report(String title, List<String> lines) {
        StringBuilder section = new StringBuilder("\n## ").append(title).append("\n\n");
        lines.forEach(line -> section.append("- ").append(line).append('\n'));
        try {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, section, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Median and longest. */
    static String times(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "median " + seconds(sorted.get(sorted.size() / 2)) + ", longest "
                        + seconds(sorted.get(sorted.size() - 1));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
