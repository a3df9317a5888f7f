package io.carillon.auth;

/**
 * How tokens are recognised.
 *
 * @param secret for HS256; empty when there is none
 * @param jwks address or file of the public keys; empty when there is none
 * @param issuer that each token must name; empty is not asked for
 * @param audience that each token must name; empty: a token must not name any, since we would not be the one
 */
public record TokenSettings(String secret, String jwks, String issuer, String audience) {
    /** Never the secret. */
    @Override
    public String toString() {
        String algorithms = (secret.isEmpty() ? "" : "HS256 ") + (jwks.isEmpty() ? "" : "RS256 ES256 EdDSA");
        return algorithms.isEmpty() ? "none" : algorithms.trim();
    }
}
