package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * By what right a client is here.
 *
 * @param id tells this credential from the others of the same user, such as a token's {@code jti}; null when it has none
 * @param expires from when on it does not count any more, milliseconds since the epoch
 */
public record Credential(@Nullable String id, long expires) {
    /** Nothing to show, nothing to run out. */
    public static final Credential NONE = new Credential(null, Long.MAX_VALUE);

    /** At that time, milliseconds since the epoch. */
    public boolean expired(long millis) {
        return millis >= expires;
    }
}
