package io.carillon.admin;

import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What these resources read from an address, and how a list is cut to a page. */
final class Query {
    private Query() {}

    static int integer(String name, @Nullable String text, int usual, int least, int most) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the same answer
        }
        throw new ProtocolException(
                ErrorCode.INVALID_REQUEST, name + " is not an integer from " + least + " to " + most);
    }

    /** One of some words, the first by default. */
    static String word(String name, @Nullable String text, List<String> words) {
        if (text == null || text.isEmpty()) {
            return words.get(0);
        }
        if (words.contains(text)) {
            return text;
        }
        throw new ProtocolException(ErrorCode.INVALID_REQUEST, name + " is none of " + String.join(", ", words));
    }

    static <T> List<T> page(List<T> all, int offset, int limit) {
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(all.size(), from + limit));
    }
}
