package io.carillon.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a token's signature is tried with. The configuration decides which algorithms there are, and the key
 * decides which one it is for: HS256 only ever sees the shared secret, a public key never serves as one. What a token says of
 * its own key ({@code jwk}, {@code jku}, {@code x5u}) is not looked at.
 */
final class SigningKeys {
    private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());
    /** Bits of the shortest RSA key that counts. */
    private static final int RSA_BITS = 2048;
    /** A set with more keys for one token than that is no set that rotates, but a way to make us work. */
    private static final int MOST_TRIED = 8;

    private final @Nullable JWSVerifier secret;
    private final @Nullable JWKSource<SecurityContext> published;

    SigningKeys(String secret, @Nullable JWKSource<SecurityContext> published) {
        try {
            this.secret = secret.isEmpty() ? null : new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the secret is too short for HS256", e);
        }
        this.published = published;
    }

    /** What may verify a token with this header; empty when its algorithm is not ours or no key fits. */
    List<JWSVerifier> verifiers(JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        if (algorithm.equals(JWSAlgorithm.HS256)) {
            return secret == null ? List.of() : List.of(secret);
        }
        boolean ours = algorithm.equals(JWSAlgorithm.RS256)
                || algorithm.equals(JWSAlgorithm.ES256)
                || algorithm.equals(JWSAlgorithm.EdDSA);
        if (!ours || published == null) {
            return List.of();
        }
        List<JWSVerifier> verifiers = new ArrayList<>();
        for (JWK key : keys(published, header)) {
            JWSVerifier verifier = verifier(algorithm, key);
            if (verifier != null && verifiers.size() < MOST_TRIED) {
                verifiers.add(verifier);
            }
        }
        return verifiers;
    }

    private static List<JWK> keys(JWKSource<SecurityContext> source, JWSHeader header) {
        try {
            return source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
        } catch (RateLimitReachedException e) {
            return List.of(); // a key that we do not know, asked for again and again
        } catch (KeySourceException e) {
            LOG.log(Level.WARNING, "the keys for tokens cannot be had: {0}", e.getMessage());
            throw new ProtocolException(ErrorCode.UNAVAILABLE, "the keys for tokens cannot be had now");
        }
    }

    private static @Nullable JWSVerifier verifier(JWSAlgorithm algorithm, JWK key) {
        try {
            if (algorithm.equals(JWSAlgorithm.RS256) && key instanceof RSAKey rsa && rsa.size() >= RSA_BITS) {
                return new RSASSAVerifier(rsa.toRSAPublicKey());
            }
            if (algorithm.equals(JWSAlgorithm.ES256) && key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
                return new ECDSAVerifier(ec.toECPublicKey());
            }
            if (algorithm.equals(JWSAlgorithm.EdDSA)
                    && key instanceof OctetKeyPair pair
                    && Curve.Ed25519.equals(pair.getCurve())) {
                return new EdDsaVerifier(pair.getDecodedX());
            }
        } catch (JOSEException e) {
            LOG.log(Level.WARNING, "a key for tokens is not usable: {0}", e.getMessage());
        }
        return null;
    }
}
