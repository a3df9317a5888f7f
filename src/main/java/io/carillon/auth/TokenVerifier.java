package io.carillon.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a token into the identity that its maker vouches for.
 *
 * <p>Safe for concurrent use. Blocks for some seconds at most, while public keys are being fetched.
 */
public final class TokenVerifier {
    /** Characters in the longest token. */
    static final int MOST_CHARACTERS = 8192;

    private final boolean configured;
    private final SigningKeys keys;
    private final TokenClaims claims;
    private final VerifiedTokens verified;
    private final Revocations revocations;

    public TokenVerifier(TokenSettings settings, HubClock clock, Revocations revocations) {
        String jwks = settings.jwks();
        this.configured = !settings.secret().isEmpty() || !jwks.isEmpty();
        this.keys = new SigningKeys(settings.secret(), jwks.isEmpty() ? null : PublishedKeys.at(jwks));
        this.claims = new TokenClaims(settings, clock);
        this.verified = new VerifiedTokens(clock);
        this.revocations = revocations;
    }

    /**
     * Who shows this token. Asked again, it answers from memory until the token expires.
     *
     * @throws ProtocolException {@link ErrorCode#UNAUTHORIZED} if it does not hold; the message says why and has nothing of
     *     the token in it. {@link ErrorCode#UNAVAILABLE} if that cannot be found out now
     */
    public Identity verify(String token) {
        Identity identity = read(token);
        revocations.check(identity);
        return identity;
    }

    /**
     * The same, but only from memory, so that it neither blocks nor takes long.
     *
     * @return null if the token has to be verified
     */
    public @Nullable Identity recall(String token) {
        if (!configured || token.length() > MOST_CHARACTERS) {
            return null;
        }
        Identity identity = verified.find(VerifiedTokens.digest(token));
        if (identity != null) {
            revocations.check(identity);
        }
        return identity;
    }

    private Identity read(String token) {
        if (!configured) {
            throw refused("this hub takes no tokens: neither carillon.token.secret nor carillon.token.jwks is set");
        }
        if (token.length() > MOST_CHARACTERS) {
            throw refused("the token has " + token.length() + " characters; the limit is " + MOST_CHARACTERS);
        }
        byte[] digest = VerifiedTokens.digest(token);
        Identity known = verified.find(digest);
        if (known != null) {
            return known;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!signed(jwt)) {
                throw refused(
                        "the token's signature does not hold, or it is made by an algorithm or key that is not ours");
            }
            Identity identity = claims.read(jwt.getJWTClaimsSet());
            verified.add(digest, identity);
            return identity;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw refused("the token is no signed JWT"); // the cause may quote it
        }
    }

    private boolean signed(SignedJWT jwt) throws JOSEException {
        if (jwt.getHeader().getCriticalParams() != null) {
            return false; // whatever must be understood, we do not
        }
        for (JWSVerifier verifier : keys.verifiers(jwt.getHeader())) {
            if (jwt.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    static ProtocolException refused(String why) {
        return new ProtocolException(ErrorCode.UNAUTHORIZED, why);
    }
}
