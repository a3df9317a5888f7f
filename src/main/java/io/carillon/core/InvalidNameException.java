package io.carillon.core;

/** A channel, pattern or event name outside its grammar; the message says which, where and what is allowed. */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidNameException(String message) {
        super(message);
    }

    /** Quotes at most 64 characters of foreign text, control characters replaced, so that it is safe in a log or an error. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int shown = Math.min(text.length(), 64);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            quoted.append(c == '"' || c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return quoted.append(text.length() > shown ? "...\"" : "\"").toString();
    }
}
