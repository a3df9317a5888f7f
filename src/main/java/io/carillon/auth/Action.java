package io.carillon.auth;

import java.util.Locale;

/** What can be allowed. All but {@link #ADMIN} concern a channel. */
public enum Action {
    /** Receive, and so also read what is retained: a subscription may begin at the oldest. */
    SUBSCRIBE,
    PUBLISH,
    /** Read what is retained without subscribing. Whoever may subscribe may do this, too. */
    HISTORY,
    /** See who is subscribed. */
    PRESENCE,
    /** The console: see all connections, end them, revoke tokens. Concerns no channel. */
    ADMIN;

    /** As it is written in a token and in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
