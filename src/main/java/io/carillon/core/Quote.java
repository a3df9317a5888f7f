package io.carillon.core;

/** Foreign text in an error message or a log: short, on one line. */
public final class Quote {
    private static final int MOST = 64;

    private Quote() {}

    /** At most 64 characters in quotation marks; what could end them or the line is replaced. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MOST); i++) {
            char c = text.charAt(i);
            quoted.append(c == '"' || c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return quoted.append(text.length() > MOST ? "...\"" : "\"").toString();
    }

    /** The beginning of it, without control characters. */
    public static String line(String text, int most) {
        StringBuilder line = new StringBuilder(text.substring(0, Math.min(text.length(), most)));
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }
}
