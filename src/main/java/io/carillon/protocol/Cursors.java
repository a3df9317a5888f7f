package io.carillon.protocol;

import io.carillon.core.Quote;
import org.jspecify.annotations.Nullable;

/** Reads the cursors that clients send. */
public final class Cursors {
    /** The greatest integer that JavaScript holds exactly; no id is above it. */
    public static final long MAX = (1L << 53) - 1;

    private static final int MOST_DIGITS = 64;

    private Cursors() {}

    /**
     * Null for null and empty text: from now. An integer above {@link #MAX} is {@code MAX}: from the future like any
     * other that this hub never gave out, which the client hears of as a gap.
     *
     * @throws InvalidCursorException for anything but decimal digits
     */
    public static @Nullable Long parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MOST_DIGITS) {
            throw new InvalidCursorException(
                    "cursor has " + text.length() + " characters; send an integer from 0 to " + MAX);
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new InvalidCursorException("cursor " + Quote.of(text) + " is not an integer from 0 to " + MAX
                        + "; leave it out to start from now, send 0 for all that is retained");
            }
            value = Math.min(MAX, value * 10 + (c - '0'));
        }
        return value;
    }
}
