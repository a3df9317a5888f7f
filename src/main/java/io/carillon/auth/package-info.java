/**
 * Who may do what: tokens, tickets and permissions. Knows nothing of requests; {@code gate} asks it for each of them, and
 * whoever acts for a client asks {@link io.carillon.auth.AccessPolicy}.
 */
@NullMarked
package io.carillon.auth;

import org.jspecify.annotations.NullMarked;
