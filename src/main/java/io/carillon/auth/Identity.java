package io.carillon.auth;

import io.carillon.core.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, as far as we know, and what was given to him.
 *
 * @param subject null is a stranger
 * @param permissions of his own; {@link AccessPolicy} knows what everybody may
 * @param credential by what he is known, and until when
 */
public record Identity(@Nullable String subject, Permissions permissions, Credential credential) {
    public static final Identity STRANGER = new Identity(null, Permissions.NONE, Credential.NONE);

    public boolean stranger() {
        return subject == null;
    }

    /** True if the credential no longer holds at that time, milliseconds since the epoch. */
    public boolean expired(long millis) {
        return credential.expired(millis);
    }

    /** Never the permissions: this may stand in a log. */
    @Override
    public String toString() {
        return subject == null ? "a stranger" : subject;
    }
}
