package io.carillon.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The description of the HTTP side, as tests ask it. */
public final class Description {
    private static final Set<String> VERBS = Set.of("get", "post", "delete");

    /**
     * One operation.
     *
     * @param path as it is described, such as {@code /poll}
     */
    public record Operation(String verb, String path, JsonNode described) {
        /** {@code get /poll}. */
        public String name() {
            return verb + " " + path;
        }
    }

    /**
     * An answer that is described.
     *
     * @param media the types that it may have; none when nothing is said of that
     * @param required members of its object; none when it is no object
     */
    public record Answer(Set<String> media, List<String> required) {}

    private final JsonNode root;

    private Description(JsonNode root) {
        this.root = root;
    }

    public static Description of(String yaml) {
        try {
            return new Description(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** In the order of the description. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(verb -> VERBS.contains(verb.getKey()))
                        .forEach(verb -> operations.add(new Operation(verb.getKey(), path.getKey(), verb.getValue()))));
        return operations;
    }

    /** The names of what may stand in an operation's query. */
    public Set<String> query(Operation operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.described().path("parameters")) {
            JsonNode meant = resolved(parameter);
            if (meant.get("in").asText().equals("query")) {
                names.add(meant.get("name").asText());
            }
        }
        return names;
    }

    /** The answers of an operation by their status. */
    public Map<Integer, Answer> answers(Operation operation) {
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        operation.described().get("responses").properties().forEach(response -> {
            Set<String> media = new TreeSet<>();
            List<String> required = new ArrayList<>();
            resolved(response.getValue()).path("content").properties().forEach(content -> {
                media.add(content.getKey());
                resolved(content.getValue().path("schema"))
                        .path("required")
                        .forEach(member -> required.add(member.asText()));
            });
            answers.put(Integer.valueOf(response.getKey()), new Answer(media, required));
        });
        return answers;
    }

    /** What stands where it points to, if it is a reference. */
    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }
}
