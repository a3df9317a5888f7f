package io.carillon.client;

/** Walks over a JSON text value by value. Not a validator: it only finds where each value ends. */
final class JsonScanner {
    private final String text;
    private int at;

    JsonScanner(String text) {
        this.text = text;
    }

    boolean accept(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw wrong("'" + c + "' expected");
        }
    }

    void end() {
        space();
        if (at != text.length()) {
            throw wrong("end expected");
        }
    }

    /** The raw text of the next value. */
    String value() {
        space();
        int start = at;
        int depth = 0;
        do {
            if (at == text.length()) {
                throw wrong("ends inside a value");
            }
            char c = text.charAt(at);
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                depth++;
                at++;
            } else if (c == '}' || c == ']') {
                depth--;
                at++;
            } else if (depth > 0) {
                at++;
            } else {
                literal();
            }
        } while (depth > 0);
        if (at == start) {
            throw wrong("value expected");
        }
        return text.substring(start, at);
    }

    private void string() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                at++;
                return;
            }
        }
        throw wrong("string does not end");
    }

    private void literal() {
        while (at < text.length() && ",:]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at " + at + " in " + text);
    }

    /** The text that a string literal stands for. */
    static String unquote(String literal) {
        if (literal.length() < 2 || literal.charAt(0) != '"') {
            throw new IllegalArgumentException("not a string: " + literal);
        }
        StringBuilder out = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = literal.charAt(++i);
            switch (c) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** A JSON text without the space between its tokens: two that are equal so hold the same. */
    static String compact(String json) {
        StringBuilder out = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                out.append(c);
                if (c == '\\') {
                    out.append(json.charAt(++i));
                } else if (c == '"') {
                    inString = false;
                }
            } else if (" \t\r\n".indexOf(c) < 0) {
                out.append(c);
                inString = c == '"';
            }
        }
        return out.toString();
    }
}
