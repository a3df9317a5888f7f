package io.carillon.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description of the HTTP side, as much of it as tests need. How far its lines are indented is all of YAML that this
 * understands.
 */
public final class Description {
    private static final Pattern SHARED = Pattern.compile("\\$ref: \"#/components/responses/(\\w+)\"");
    private static final Pattern MEDIA = Pattern.compile("(?m)^ +([a-z]+/[a-z.+-]+):");
    private static final Pattern REQUIRED = Pattern.compile("(?m)^ {14,16}required: \\[(.*)]$");

    /**
     * One operation.
     *
     * @param path as it is described, such as {@code /poll}
     * @param text what is said of it
     */
    public record Operation(String verb, String path, String text) {
        /** {@code get /poll}. */
        public String name() {
            return verb + " " + path;
        }
    }

    /**
     * An answer that is described.
     *
     * @param media the types that it may have; none when nothing is said of that
     * @param required members of its object; none when its schema is elsewhere
     */
    public record Answer(Set<String> media, List<String> required) {}

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, String> shared;

    private Description(String yaml) {
        String[] halves = yaml.split("(?m)^components:\n", 2);
        for (Map.Entry<String, String> path : blocks(halves[0], "  (/.*)").entrySet()) {
            blocks(path.getValue(), " {4}(get|post|delete)")
                    .forEach((verb, text) -> operations.add(new Operation(verb, path.getKey(), text)));
        }
        shared = blocks(blocks(halves[1], " {2}(\\w+)").getOrDefault("responses", ""), " {4}(\\w+)");
    }

    public static Description of(String yaml) {
        return new Description(yaml);
    }

    /** In the order of the description. */
    public List<Operation> operations() {
        return operations;
    }

    /** The answers of an operation by their status. */
    public Map<Integer, Answer> answers(Operation operation) {
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        blocks(operation.text(), " {8}\"(\\d{3})\"").forEach((status, text) -> {
            Matcher elsewhere = SHARED.matcher(text);
            String meant = elsewhere.find() ? shared.getOrDefault(elsewhere.group(1), "") : text;
            answers.put(Integer.valueOf(status), new Answer(media(meant), required(text)));
        });
        return answers;
    }

    private static Set<String> media(String text) {
        Set<String> media = new TreeSet<>();
        Matcher found = MEDIA.matcher(text);
        while (found.find()) {
            media.add(found.group(1));
        }
        return media;
    }

    private static List<String> required(String text) {
        Matcher found = REQUIRED.matcher(text);
        return found.find() ? List.of(found.group(1).split(", ")) : List.of();
    }

    /** What follows each line {@code HEAD:}, until the next or until a line that is indented less, by the head's name. */
    private static Map<String, String> blocks(String text, String head) {
        Map<String, String> blocks = new LinkedHashMap<>();
        Pattern begin = Pattern.compile(head + ":(.*)");
        String name = "";
        int depth = 0;
        for (String line : text.lines().toList()) {
            Matcher matcher = begin.matcher(line);
            int indent = line.length() - line.stripLeading().length();
            if (matcher.matches()) {
                name = matcher.group(1);
                depth = indent;
                blocks.put(name, matcher.group(2) + "\n");
            } else if (indent <= depth && !line.isBlank()) {
                name = "";
            } else if (!name.isEmpty()) {
                blocks.merge(name, line + "\n", String::concat);
            }
        }
        return blocks;
    }
}
