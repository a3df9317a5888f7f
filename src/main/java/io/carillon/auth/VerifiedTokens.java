package io.carillon.auth;

import io.carillon.core.HubClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that have been verified, until they expire: by their digest, so that no dump of the heap has them. Guarded by its
 * monitor; holds the latest {@value #MOST}.
 */
final class VerifiedTokens {
    private static final int MOST = 10_000;

    private final HubClock clock;
    private final Map<ByteBuffer, Identity> byDigest = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Identity> eldest) {
            return size() > MOST;
        }
    };

    VerifiedTokens(HubClock clock) {
        this.clock = clock;
    }

    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    synchronized @Nullable Identity find(byte[] digest) {
        ByteBuffer key = ByteBuffer.wrap(digest);
        Identity identity = byDigest.get(key);
        if (identity != null && identity.expired(clock.millis())) {
            byDigest.remove(key);
            return null;
        }
        return identity;
    }

    synchronized void add(byte[] digest, Identity identity) {
        byDigest.put(ByteBuffer.wrap(digest), identity);
    }
}
