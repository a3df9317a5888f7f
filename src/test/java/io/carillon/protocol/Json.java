package io.carillon.protocol;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON texts of every shape, as people and machines write them: with escapes, and with white space anywhere. */
final class Json {
    private Json() {}

    static Arbitrary<String> documents() {
        return nested(2);
    }

    private static Arbitrary<String> nested(int levels) {
        if (levels == 0) {
            return spaced(scalars());
        }
        Arbitrary<List<String>> items = nested(levels - 1).list().ofMaxSize(3);
        return spaced(Arbitraries.oneOf(scalars(), items.map(Json::array), items.map(Json::object)));
    }

    /** Any text that has a UTF-8 form. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(12),
                Arbitraries.strings()
                        .withChars("\"\\/\r\n\t: {}[],é\u0085\u2028\u2029\uFEFF")
                        .ofMaxLength(8),
                Arbitraries.integers()
                        .between(0, 0x10ffff)
                        .filter(code -> code < 0xd800 || code > 0xdfff)
                        .map(Character::toString)
                        .list()
                        .ofMaxSize(6)
                        .map(characters -> String.join("", characters)));
    }

    private static Arbitrary<String> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "-0", "1e-7", "\"\\ud83d\\ude00\"", "\"\\u000d\\n\""),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                texts().map(Json::quote));
    }

    private static String array(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    private static String object(List<String> items) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < items.size(); i++) {
            object.append(i == 0 ? "\"" : ",\"")
                    .append("m")
                    .append(i)
                    .append("\":")
                    .append(items.get(i));
        }
        return object.append('}').toString();
    }

    private static Arbitrary<String> spaced(Arbitrary<String> json) {
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\n", "\r\n", "\r", "\t", " \r\r\n\n ");
        return Combinators.combine(space, json, space).as((before, value, after) -> before + value + after);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
