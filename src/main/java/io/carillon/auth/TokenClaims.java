package io.carillon.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.carillon.core.ChannelName;
import io.carillon.core.Credential;
import io.carillon.core.HubClock;
import io.carillon.core.InvalidNameException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a signed token says, and refuses what is too old, too early, or not for us. */
final class TokenClaims {
    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final String OURS = "carillon";
    private static final int MOST_ID_CHARACTERS = 255;

    private final TokenSettings settings;
    private final HubClock clock;

    TokenClaims(TokenSettings settings, HubClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws io.carillon.protocol.ProtocolException with the claim that is at fault
     * @throws ParseException if a standard claim is of the wrong kind
     */
    Identity read(JWTClaimsSet claims) throws ParseException {
        long now = clock.millis();
        Date expiry = claims.getExpirationTime();
        if (expiry == null) {
            throw TokenVerifier.refused("the token has no exp");
        }
        long expires = expiry.toInstant().toEpochMilli() + SKEW.toMillis();
        if (now >= expires) {
            throw TokenVerifier.refused("the token has expired");
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now < notBefore.toInstant().toEpochMilli() - SKEW.toMillis()) {
            throw TokenVerifier.refused("the token does not hold yet (nbf)");
        }
        if (!settings.issuer().isEmpty() && !settings.issuer().equals(claims.getIssuer())) {
            throw TokenVerifier.refused("the token is from another issuer (iss)");
        }
        List<String> audience = claims.getAudience();
        boolean forUs = settings.audience().isEmpty() ? audience.isEmpty() : audience.contains(settings.audience());
        if (!forUs) {
            throw TokenVerifier.refused("the token is for another audience (aud)");
        }
        String id = claims.getJWTID();
        if (id != null && (id.isEmpty() || id.length() > MOST_ID_CHARACTERS)) {
            throw TokenVerifier.refused("the token's jti is not 1 to " + MOST_ID_CHARACTERS + " characters");
        }
        Credential credential = new Credential(id, expires);
        return new Identity(subject(claims.getSubject()), permissions(claims.getClaim(OURS)), credential);
    }

    private static String subject(@Nullable String subject) {
        if (subject == null || subject.isEmpty() || !subject.codePoints().allMatch(TokenClaims::usable)) {
            throw TokenVerifier.refused("the token has no sub, or one with control characters or halves of characters");
        }
        try {
            ChannelName.ofUser(subject);
        } catch (InvalidNameException e) {
            throw TokenVerifier.refused("the token's sub is too long for a channel's name");
        }
        return subject;
    }

    /** JSON can write half a character; as UTF-8 it would be a question mark, and two subjects one. */
    private static boolean usable(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return !half && !Character.isISOControl(codePoint);
    }

    private static Permissions permissions(@Nullable Object claim) {
        if (claim == null) {
            return Permissions.NONE;
        }
        if (!(claim instanceof Map<?, ?> map)) {
            throw TokenVerifier.refused("the token's claim carillon is no object");
        }
        List<Permission> list = new ArrayList<>();
        for (Action action : Action.values()) {
            if (action != Action.ADMIN) {
                addAll(list, action, map.get(action.word()));
            }
        }
        Object admin = map.get(Action.ADMIN.word());
        if (admin != null && !(admin instanceof Boolean)) {
            throw TokenVerifier.refused("the token's claim carillon.admin is neither true nor false");
        }
        return new Permissions(list, Boolean.TRUE.equals(admin));
    }

    private static void addAll(List<Permission> to, Action action, @Nullable Object patterns) {
        if (patterns == null) {
            return;
        }
        String claim = "the token's claim carillon." + action.word();
        if (!(patterns instanceof List<?> all)) {
            throw TokenVerifier.refused(claim + " is no array");
        }
        if (to.size() + all.size() > Permissions.MOST) {
            throw TokenVerifier.refused("the token has more than " + Permissions.MOST + " permissions");
        }
        for (int i = 0; i < all.size(); i++) {
            if (!(all.get(i) instanceof String pattern)) {
                throw TokenVerifier.refused(claim + "[" + i + "] is no string");
            }
            try {
                to.add(new Permission(action, pattern));
            } catch (InvalidNameException e) {
                throw TokenVerifier.refused(claim + "[" + i + "] is no channel and no pattern");
            }
        }
    }
}
