package io.carillon.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One JSON object, each field kept as the raw text that the hub sent, so that "unchanged" can be judged. */
public final class JsonObject {
    private final String source;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private JsonObject(String source) {
        this.source = source;
    }

    /** Throws {@link IllegalArgumentException} with the text when it is no JSON object. */
    public static JsonObject parse(String text) {
        JsonObject object = new JsonObject(text);
        JsonScanner scanner = new JsonScanner(text);
        scanner.expect('{');
        while (!scanner.accept('}')) {
            if (!object.fields.isEmpty()) {
                scanner.expect(',');
            }
            String name = JsonScanner.unquote(scanner.value());
            scanner.expect(':');
            if (object.fields.put(name, scanner.value()) != null) {
                throw new IllegalArgumentException("field " + name + " is there twice: " + text);
            }
        }
        scanner.end();
        return object;
    }

    /** The raw elements of an array. */
    public static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        JsonScanner scanner = new JsonScanner(array);
        scanner.expect('[');
        while (!scanner.accept(']')) {
            if (!elements.isEmpty()) {
                scanner.expect(',');
            }
            elements.add(scanner.value());
        }
        scanner.end();
        return elements;
    }

    /** A JSON text as a string literal. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** A JSON text without the space between its tokens: two that are equal so hold the same. */
    public static String compact(String json) {
        return JsonScanner.compact(json);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    public Set<String> names() {
        return fields.keySet();
    }

    /** The field as it stands in the text. */
    public String raw(String field) {
        String raw = fields.get(field);
        if (raw == null) {
            throw new IllegalArgumentException("no field " + field + " in " + source);
        }
        return raw;
    }

    public String text(String field) {
        return JsonScanner.unquote(raw(field));
    }

    public long number(String field) {
        return Long.parseLong(raw(field));
    }

    public boolean is(String field) {
        return raw(field).equals("true");
    }

    public List<JsonObject> objects(String field) {
        return elements(raw(field)).stream().map(JsonObject::parse).toList();
    }

    /** True if it is {@code {"type":type,...}}. */
    public boolean isType(String type) {
        return has("type") && raw("type").equals('"' + type + '"');
    }

    @Override
    public String toString() {
        return source;
    }
}
