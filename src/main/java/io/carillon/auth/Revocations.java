package io.carillon.auth;

import io.carillon.core.Client;
import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Subjects and tokens that do not count any more, each until some time. Known to this node only, and forgotten when it
 * stops. Safe for concurrent use, without locks.
 */
public final class Revocations {
    /** More at one time are refused: whoever has so many to revoke changes the key. */
    static final int MOST = 10_000;

    private final HubClock clock;
    private final Map<String, Long> subjects = new ConcurrentHashMap<>();
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    public Revocations(HubClock clock) {
        this.clock = clock;
    }

    /** All that this subject shows is refused until then, milliseconds since the epoch. */
    public void revokeSubject(String subject, long until) {
        put(subjects, subject, until);
    }

    /** The token with this {@code jti} is refused until then. */
    public void revokeToken(String id, long until) {
        put(tokens, id, until);
    }

    private void put(Map<String, Long> to, String name, long until) {
        forgetOld();
        if (to.size() >= MOST && !to.containsKey(name)) {
            throw new ProtocolException(ErrorCode.LIMIT, "there are " + MOST + " revocations already");
        }
        to.put(name, until);
    }

    /** True if there was one. */
    public boolean restoreSubject(String subject) {
        return subjects.remove(subject) != null;
    }

    /** True if there was one. */
    public boolean restoreToken(String id) {
        return tokens.remove(id) != null;
    }

    /** Subjects with their times, in order. */
    public Map<String, Long> subjects() {
        forgetOld();
        return new TreeMap<>(subjects);
    }

    /** Ids of tokens with their times, in order. */
    public Map<String, Long> tokens() {
        forgetOld();
        return new TreeMap<>(tokens);
    }

    public boolean none() {
        return subjects.isEmpty() && tokens.isEmpty();
    }

    public boolean revoked(Client client) {
        return revoked(client.user(), client.credential().id());
    }

    /**
     * Lets pass who is not concerned.
     *
     * @throws ProtocolException {@link ErrorCode#UNAUTHORIZED} for who is
     */
    public void check(Identity identity) {
        if (revoked(identity.subject(), identity.credential().id())) {
            throw new ProtocolException(ErrorCode.UNAUTHORIZED, "these credentials have been revoked");
        }
    }

    private boolean revoked(@Nullable String subject, @Nullable String token) {
        return holds(subjects, subject) || holds(tokens, token);
    }

    private boolean holds(Map<String, Long> in, @Nullable String name) {
        Long until = name == null ? null : in.get(name);
        return until != null && clock.millis() < until;
    }

    private void forgetOld() {
        long now = clock.millis();
        subjects.values().removeIf(until -> now >= until);
        tokens.values().removeIf(until -> now >= until);
    }
}
