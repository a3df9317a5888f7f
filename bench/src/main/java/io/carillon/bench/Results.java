package io.carillon.bench;

import io.carillon.bench.generator.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has been measured, in a file of JSON objects, one a line, to which lines are only added. */
public final class Results {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([-+.\\dE]+))");

    private final Path file;
    private final List<Figures> all = new ArrayList<>();

    public Results(Path file) {
        this.file = file;
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            lines.filter(line -> !line.isBlank()).map(Results::read).forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, in the order in which they were measured. */
    public List<Figures> all() {
        return all;
    }

    /** Those of one kind. */
    public Stream<Figures> of(String peer, String workload, String variant) {
        return all.stream()
                .filter(one -> one.text("peer").equals(peer)
                        && one.text("workload").equals(workload)
                        && one.text("variant").equals(variant));
    }

    void add(Figures figures) {
        all.add(figures);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, write(figures) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(Figures figures) {
        return figures.values().entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + write(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String write(Object value) {
        if (value instanceof Number) {
            return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString(number.longValue())
                    : value.toString();
        }
        return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static Figures read(String line) {
        Figures figures = new Figures();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            String text = field.group(2);
            figures.put(
                    field.group(1),
                    text == null ? Double.valueOf(field.group(3)) : text.replaceAll("\\\\(.)", "$1"));
        }
        return figures;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** How many there are by key. */
    Map<String, Long> counts() {
        return all.stream().collect(Collectors.groupingBy(one -> one.text("key"), Collectors.counting()));
    }
}
