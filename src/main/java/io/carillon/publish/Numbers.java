package io.carillon.publish;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
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
        if (text == null || text.isEmpty()) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // the same answer
        }
        throw new ProtocolException(ErrorCode.INVALID_REQUEST, "limit is not an integer from 1 to " + MOST_LIMIT);
    }
}
