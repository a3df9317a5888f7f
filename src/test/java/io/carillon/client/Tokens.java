package io.carillon.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes HS256 tokens as a user's own server would. */
public final class Tokens {
    private Tokens() {}

    /**
     * A token that is good for an hour.
     *
     * @param grants the claim {@code carillon} as JSON, for instance {@code {"publish":["**"]}}
     */
    public static String signed(String secret, String subject, String grants) {
        return expiring(secret, subject, grants, Instant.now().plusSeconds(3600));
    }

    /** The same with an end, also one that has been. */
    public static String expiring(String secret, String subject, String grants, Instant expiry) {
        String claims = "{\"sub\":" + JsonObject.quote(subject) + ",\"exp\":" + expiry.getEpochSecond()
                + ",\"carillon\":" + grants + "}";
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
