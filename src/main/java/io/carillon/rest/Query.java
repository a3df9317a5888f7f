package io.carillon.rest;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What resources read from an address. */
public final class Query {
    private Query() {}

    /**
     * An integer that must be there.
     *
     * @throws ProtocolException if it is none, or beyond the bounds
     */
    public static int integer(String name, @Nullable String text, int least, int most) {
        try {
            int value = Integer.parseInt(String.valueOf(text));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the same answer
        }
        throw new ProtocolException(
                ErrorCode.INVALID_REQUEST, name + " is not an integer from " + least + " to " + most);
    }

    /** The same, or the usual value where there is none. */
    public static int integer(String name, @Nullable String text, int usual, int least, int most) {
        return text == null || text.isEmpty() ? usual : integer(name, text, least, most);
    }

    /** One of some words, the first by default. */
    public static String word(String name, @Nullable String text, List<String> words) {
        if (text == null || text.isEmpty()) {
            return words.get(0);
        }
        if (words.contains(text)) {
            return text;
        }
        throw new ProtocolException(ErrorCode.INVALID_REQUEST, name + " is none of " + String.join(", ", words));
    }
}
