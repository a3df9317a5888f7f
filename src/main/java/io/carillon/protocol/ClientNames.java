package io.carillon.protocol;

import io.carillon.core.Quote;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name by which a client calls itself in an address, so that it is known again when it comes back. */
public final class ClientNames {
    public static final String PARAMETER = "client";

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private ClientNames() {}

    /**
     * The name; null when there is none or it is empty.
     *
     * @throws ProtocolException for one with other characters, or too many
     */
    public static @Nullable String parse(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!GRAMMAR.matcher(value).matches()) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    PARAMETER + " is " + Quote.of(value) + "; 1 to 64 of A-Z a-z 0-9 _ . : - are allowed");
        }
        return value;
    }
}
