package io.carillon.publish;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.rest.Query;
import org.jspecify.annotations.Nullable;

/** The integers and flags in an address or a header. */
final class Numbers {
    static final int USUAL_LIMIT = 100;
    static final int MOST_LIMIT = 1000;

    private Numbers() {}

    /** Seconds; null when there is none. Its bounds are checked with those of the publication. */
    static @Nullable Long ttl(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Long.valueOf(text.trim());
        } catch (NumberFormatException e) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "ttl is not an integer; send seconds");
        }
    }

    /** False when there is none. */
    static boolean flag(String name, @Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new ProtocolException(ErrorCode.INVALID_REQUEST, name + " is neither true nor false");
    }

    /** Publications on a page. */
    static int limit(@Nullable String text) {
        return Query.integer("limit", text, USUAL_LIMIT, 1, MOST_LIMIT);
    }
}
