package io.carillon.config;

/** One thing that is wrong with the configuration. */
public record Problem(String key, String message) {
    private static final int SHOWN = 64;

    static Problem badValue(Key key, String value, String origin) {
        String shown = key.secret() ? "of " + value.length() + " characters" : quote(value);
        return new Problem(key.key(), "is " + shown + " (" + origin + "); allowed is " + key.allowed());
    }

    static Problem unknown(String key, String origin) {
        return new Problem(quote(key), "(" + origin + ") is not a key; docs/configuration.md lists all");
    }

    /** At most 64 characters of foreign text, control characters replaced, so that it is safe in a log. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().limit(SHOWN).forEach(c -> quoted.append(Character.isISOControl(c) ? '?' : (char) c));
        return quoted.append(text.length() > SHOWN ? "...\"" : "\"").toString();
    }

    @Override
    public String toString() {
        return key + " " + message;
    }
}
