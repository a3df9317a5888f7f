package io.carillon.core;

/** The hub does not take this now; nothing has changed. The message says what the limit is. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of refusal, so that each transport can say it in its way. */
    public enum Why {
        /** Going down: come back, to another node or later. */
        DRAINING,
        /** This node is full: come back later. */
        FULL,
        /** The client asks for more than one client gets: do not come back with the same. */
        TOO_MUCH,
        /** The client wants to say what only the hub says: do not come back with it. */
        RESERVED
    }

    private final Why why;

    public RefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Refuses more subscriptions on one connection than there may be. */
    static void checkSubscriptions(int wanted, HubSettings limits) {
        int most = limits.maxSubscriptions();
        if (wanted > most) {
            throw new RefusedException(Why.TOO_MUCH, wanted + " subscriptions on one connection; the limit is " + most);
        }
    }

    public Why why() {
        return why;
    }
}
