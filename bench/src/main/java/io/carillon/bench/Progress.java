package io.carillon.bench;

import io.carillon.bench.generator.Figures;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is shown of a measurement while others go on. */
final class Progress {
    private static final List<String> WANTED = List.of(
            "deliveries_s",
            "acknowledged_s",
            "cpu_s_per_million",
            "p50",
            "p99",
            "p999",
            "caught_up_s",
            "resident_bytes",
            "heap_bytes",
            "server_load",
            "compiler_load",
            "generator_load",
            "other_load");
    private static final List<String> FAULTS =
            List.of("lost", "duplicated", "reordered", "foreign", "gaps", "gapped", "ended", "refused", "stalls");

    private Progress() {}

    static String line(Figures figures) {
        String said = WANTED.stream()
                .filter(figures::has)
                .map(name -> name + " " + Results.write(new Figures().put(name, figures.values().get(name)))
                        .replaceAll("^.*:|}$", ""))
                .collect(Collectors.joining(", "));
        String faults = FAULTS.stream()
                .filter(name -> figures.number(name) > 0)
                .map(name -> (long) figures.number(name) + " " + name.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return faults.isEmpty() ? said : said + ", " + faults;
    }
}
