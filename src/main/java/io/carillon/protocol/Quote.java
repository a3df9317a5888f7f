package io.carillon.protocol;

/** Foreign text in an error message: short, on one line. */
final class Quote {
    private static final int MOST = 64;

    private Quote() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MOST); i++) {
            char c = text.charAt(i);
            quoted.append(c == '"' || c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return quoted.append(text.length() > MOST ? "...\"" : "\"").toString();
    }
}
