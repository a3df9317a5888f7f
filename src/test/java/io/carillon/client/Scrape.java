package io.carillon.client;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /metrics} said: each sample by its name with its labels, as it stands there. */
public record Scrape(Map<String, Double> samples) {
    /** What we ship that names metrics. */
    private static final List<Path> USERS = List.of(
            Path.of("server-config/grafana/carillon.json"), Path.of("server-config/prometheus/carillon-alerts.yml"));

    private static final Pattern METRIC = Pattern.compile("\\b(carillon|jvm|process|system)_[a-z0-9_]+");

    public static Scrape of(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int end = line.lastIndexOf(' ');
            if (!line.startsWith("#") && end > 0) {
                samples.put(line.substring(0, end), number(line.substring(end + 1)));
            }
        }
        return new Scrape(samples);
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** Of one that must be there. */
    public double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("no " + sample + " in " + samples.keySet());
        }
        return value;
    }

    Set<String> names() {
        return samples.keySet().stream()
                .map(sample -> sample.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
    }

    /** What the shipped dashboard and alert rules ask for and this does not have. */
    public static Set<String> missingIn(Scrape scrape) {
        Set<String> missing = new TreeSet<>();
        for (Path user : USERS) {
            int asked = 0;
            for (Matcher name = METRIC.matcher(read(user)); name.find(); asked++) {
                if (!scrape.names().contains(name.group())) {
                    missing.add(name.group() + " in " + user);
                }
            }
            if (asked == 0) {
                missing.add("anything in " + user);
            }
        }
        return missing;
    }

    /** After a garbage collection: until its pause shows. */
    public static void awaitGarbageCollection(Callable<Scrape> again) {
        await().until(() -> again.call().names().contains("jvm_gc_pause_seconds_count"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
