package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code asyncapi.yaml} to the golden files: each message there is described, once, with all its members, and each
 * description is of a message there. What clients send may have members that nobody knows, what the hub sends may not.
 */
class AsyncApiTest {
    /** What the hub refuses the schemas refuse, too, but for these: 1.0 is an integer there, and strings are not looked into. */
    private static final List<String> BEYOND_SCHEMAS =
            List.of("a cursor with a fraction", "publish with half a character in the event");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory DRAFT_7 = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private final JsonNode asyncapi = yaml("asyncapi.yaml");
    private final JsonNode closed = closed(asyncapi.get("components").deepCopy());

    @Test
    void whatTheHubUnderstandsIsDescribedAndWhatItRefusesIsNot() throws Exception {
        Map<String, List<String>> understood = new LinkedHashMap<>();
        Map<String, List<String>> described = new LinkedHashMap<>();
        Map<String, String> sections =
                new LinkedHashMap<>(Golden.resource("client-messages.txt").sections());
        assertThat(sections.keySet().removeAll(BEYOND_SCHEMAS)).isTrue();
        sections.forEach((name, content) -> {
            String[] lines = content.split("\n", -1);
            String kind = lines[1].substring(0, lines[1].indexOf(' '));
            understood.put(name, kind.equals("error") ? List.of() : List.of(kind));
            described.put(name, kinds("hear", "type", lines[0]));
        });

        assertThat(described).isEqualTo(understood);
        assertThat(flat(understood)).isEqualTo(all("hear", "type"));
    }

    @Test
    void whatTheHubSaysOnAWebSocketIsDescribed() throws Exception {
        List<JsonNode> said = new ArrayList<>();
        golden("websocket", "websocket batch").forEach(frames -> said.addAll(values(frames)));
        Golden.resource("server-messages.txt").sections().values().stream()
                .filter(content -> content.startsWith("{\"type\""))
                .forEach(content -> said.addAll(values(content)));

        assertThat(said)
                .allSatisfy(message -> assertThat(kinds("tell", "type", message))
                        .containsExactly(message.get("type").asText()));
        assertThat(texts(said, "type")).isEqualTo(all("tell", "type"));
    }

    @Test
    void whatAPollIsAnsweredIsDescribed() throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        golden("long-poll").forEach(answer -> answers.addAll(values(answer)));
        Golden.resource("server-messages.txt").sections().forEach((name, content) -> {
            if (name.startsWith("poll")) {
                answers.addAll(values(content));
            }
        });

        assertThat(answers)
                .allSatisfy(answer -> assertThat(kinds("answer", "status", answer))
                        .containsExactly(answer.get("status").asText()));
        assertThat(texts(answers, "status")).isEqualTo(all("answer", "status"));
    }

    @Test
    void whatIsOnAnEventStreamIsDescribed() throws Exception {
        Set<String> seen = new HashSet<>();
        golden("sse").forEach(stream -> event(stream, "eventData", seen));
        golden("sse envelope").forEach(stream -> event(stream, "eventEnvelope", seen));
        Golden.resource("server-messages.txt").sections().forEach((name, content) -> {
            if (name.startsWith("sse")) {
                event(content, "eventData", seen);
            }
        });

        assertThat(seen).containsExactlyInAnyOrder("eventData", "eventEnvelope", "eventGap", "eventBye");
        assertThat(messages("stream")).containsExactlyInAnyOrderElementsOf(seen);
    }

    @Test
    void bothDescriptionsSayTheSameOfTheSameThing() {
        JsonNode ours = asyncapi.at("/components/schemas");
        yaml("openapi.yaml").at("/components/schemas").properties().stream()
                .filter(schema -> ours.has(schema.getKey()))
                .forEach(schema -> assertThat(ours.get(schema.getKey()))
                        .as(schema.getKey())
                        .isEqualTo(schema.getValue()));
    }

    private void event(String stream, String otherwise, Set<String> seen) {
        for (EventStream.Event event : EventStream.parse(stream.getBytes(UTF_8)).events) {
            String message = switch (event.type()) {
                case "gap" -> "eventGap";
                case "bye" -> "eventBye";
                default -> otherwise;
            };
            ObjectNode headers = JSON.createObjectNode();
            if (!event.lastEventId().isEmpty()) {
                headers.put("id", Long.parseLong(event.lastEventId()));
            }
            if (!event.type().equals("message")) {
                headers.put("event", event.type());
            }
            assertThat(wrong(message + "/headers", headers, closed)).isEmpty();
            assertThat(wrong(message + "/payload", json(event.data()), closed)).isEmpty();
            seen.add(message);
        }
    }

    /** The values that {@code member} has in those of the operation's messages that describe this text. */
    private List<String> kinds(String operation, String member, String text) {
        try {
            return kinds(operation, member, json(text), asyncapi.get("components"));
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    private List<String> kinds(String operation, String member, JsonNode json) {
        return kinds(operation, member, json, closed);
    }

    private List<String> kinds(String operation, String member, JsonNode json, JsonNode components) {
        return messages(operation).stream()
                .filter(message -> wrong(message + "/payload", json, components).isEmpty())
                .map(message -> kind(message, member))
                .toList();
    }

    private Set<String> all(String operation, String member) {
        return Set.copyOf(messages(operation).stream()
                .map(message -> kind(message, member))
                .toList());
    }

    private String kind(String message, String member) {
        return asyncapi.at("/components/messages/" + message + "/payload/properties/" + member + "/const")
                .asText();
    }

    /** The names below {@code components/messages} of what an operation sends or receives. */
    private List<String> messages(String operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode message : asyncapi.at("/operations/" + operation + "/messages")) {
            String inChannel = message.get("$ref").asText().substring(1);
            String component = asyncapi.at(inChannel).get("$ref").asText();
            names.add(component.substring("#/components/messages/".length()));
        }
        return names;
    }

    private static Set<?> wrong(String message, JsonNode json, JsonNode components) {
        ObjectNode schema = JSON.createObjectNode().set("components", components);
        schema.putArray("allOf").addObject().put("$ref", "#/components/messages/" + message);
        return DRAFT_7.getSchema(schema).validate(json);
    }

    /** The same, but no object has a member that is not named. */
    private static JsonNode closed(JsonNode schemas) {
        for (JsonNode node : schemas.findParents("properties")) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        return schemas;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** What stands there one after the other, or in an array. */
    private static List<JsonNode> values(String text) {
        try {
            return JSON.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static Stream<String> golden(String... sections) throws Exception {
        return Golden.folder("delivery").stream()
                .flatMap(file -> Stream.of(sections).map(file.sections()::get))
                .filter(content -> content != null);
    }

    private static Set<String> flat(Map<String, List<String>> lists) {
        Set<String> all = new HashSet<>();
        lists.values().forEach(all::addAll);
        return all;
    }

    private static Set<String> texts(List<JsonNode> objects, String member) {
        return Set.copyOf(
                objects.stream().map(object -> object.get(member).asText()).toList());
    }

    private static JsonNode yaml(String file) {
        try {
            return new YAMLMapper().readTree(Path.of("src/main/webapp", file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
