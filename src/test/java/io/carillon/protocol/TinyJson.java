package io.carillon.protocol;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second opinion on what we write: a JSON parser of its own, strict, that keeps for each value the text it was read
 * from. Numbers are {@link Numeral}s, members and items are {@link Node}s.
 */
final class TinyJson {
    /** JSON sets no bound to a number, Java's types do: so it is what was written until somebody wants its value. */
    record Numeral(String digits) {}

    record Node(String raw, Object value) {
        Node at(String member) {
            return members().get(member);
        }

        @SuppressWarnings("unchecked")
        Map<String, Node> members() {
            return (Map<String, Node>) value;
        }

        @SuppressWarnings("unchecked")
        List<Node> items() {
            return (List<Node>) value;
        }

        long number() {
            return new BigDecimal(((Numeral) value).digits()).longValueExact();
        }

        String text() {
            return (String) value;
        }
    }

    private final String text;
    private int at;

    private TinyJson(String text) {
        this.text = text;
    }

    static Node parse(String text) {
        TinyJson json = new TinyJson(text);
        json.space();
        Node node = json.node();
        json.space();
        if (json.at != text.length()) {
            throw json.wrong("end");
        }
        return node;
    }

    private Node node() {
        int from = at;
        Object value = value();
        return new Node(text.substring(from, at), value);
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Object word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "null" -> "null";
            case "true" -> true;
            case "false" -> false;
            default -> {
                if (!word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                    throw wrong("a value");
                }
                yield new Numeral(word);
            }
        };
    }

    private Map<String, Node> object() {
        Map<String, Node> members = new LinkedHashMap<>();
        take('{');
        space();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                take(',');
                space();
            }
            String name = string();
            space();
            take(':');
            space();
            members.put(name, node());
            space();
        }
        take('}');
        return members;
    }

    private List<Node> array() {
        List<Node> items = new ArrayList<>();
        take('[');
        space();
        while (peek() != ']') {
            if (!items.isEmpty()) {
                take(',');
                space();
            }
            items.add(node());
            space();
        }
        take(']');
        return items;
    }

    private String string() {
        StringBuilder decoded = new StringBuilder();
        take('"');
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("no control character");
            }
            if (c == '\\') {
                c = text.charAt(at++);
                int simple = "\"\\/bfnrt".indexOf(c);
                if (simple >= 0) {
                    c = "\"\\/\b\f\n\r\t".charAt(simple);
                } else if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else {
                    throw wrong("an escape");
                }
            }
            decoded.append(c);
        }
        take('"');
        return decoded.toString();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void take(char c) {
        if (peek() != c) {
            throw wrong(String.valueOf(c));
        }
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at " + at + " in " + text);
    }
}
