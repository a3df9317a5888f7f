package io.carillon.publish;

import org.jspecify.annotations.Nullable;

/**
 * An address that one publishes to and in which nothing is encoded, so that it means what it says.
 *
 * @param channel null for a batch
 */
public record PlainAddress(@Nullable String channel) {
    static final String ALL = "/v1/publications";
    static final String BEFORE = "/v1/channels/";
    private static final String BEHIND = "/publications";
    private static final PlainAddress OF_BATCHES = new PlainAddress(null);

    /**
     * Null for another path, and for a name that has to be decoded or resolved.
     *
     * @param path below the context root, as it was sent
     */
    public static @Nullable PlainAddress of(String path) {
        if (path.equals(ALL)) {
            return OF_BATCHES;
        }
        int end = path.length() - BEHIND.length();
        if (end <= BEFORE.length() || !path.startsWith(BEFORE) || !path.endsWith(BEHIND)) {
            return null;
        }
        for (int i = BEFORE.length(); i < end; i++) {
            char c = path.charAt(i);
            boolean leading = i == BEFORE.length();
            if (c == '%' || c == ';' || c == '/' || (c == '.' && leading)) {
                return null;
            }
        }
        return new PlainAddress(path.substring(BEFORE.length(), end));
    }
}
