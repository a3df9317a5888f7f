package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.carillon.core.ChannelName;
import io.carillon.core.ManualClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** The clock begins at second 1. */
    private static final String ANN = "{\"sub\":\"ann\",\"exp\":100,\"carillon\":{\"subscribe\":[\"orders.*\"]}}";

    private static RSAKey rsa;
    private static RSAKey otherRsa;
    private static RSAKey shortRsa;
    private static ECKey ec;
    private static KeyPair ed;

    private final ManualClock clock = new ManualClock();
    private final Revocations revocations = new Revocations(clock);
    private final TokenVerifier bySecret = new TokenVerifier(new TokenSettings(SECRET, "", "", ""), clock, revocations);

    @TempDir
    Path folder;

    @BeforeAll
    static void keys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        otherRsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        shortRsa = new RSAKeyGenerator(1024, true).keyID("short").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    // ---- making tokens ----

    private static String signed(JWSHeader header, String claims, JWSSigner signer) throws Exception {
        JWSObject token = new JWSObject(header, new Payload(claims));
        token.sign(signer);
        return token.serialize();
    }

    private static String hs256(String claims) throws Exception {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET));
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm).keyID(key).build();
    }

    /** Signs {@link #ANN} with what Nimbus does not sign with. */
    private static String byJdk(JWSHeader header, String algorithm, PrivateKey key) throws Exception {
        String content = header.toBase64URL() + "." + Base64URL.encode(ANN);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.UTF_8));
        return content + "." + Base64URL.encode(signature.sign());
    }

    private static OctetKeyPair edKey() {
        byte[] encoded = ed.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .keyID("ed")
                .build();
    }

    /** A verifier that knows the public keys, and the secret as well. */
    private TokenVerifier withKeys(JWKSet keys) throws Exception {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, keys.toString());
        return new TokenVerifier(new TokenSettings(SECRET, file.toString(), "", ""), clock, revocations);
    }

    private TokenVerifier withKeys() throws Exception {
        return withKeys(new JWKSet(java.util.List.of(rsa, shortRsa, ec, edKey())));
    }

    private static void isRefused(TokenVerifier verifier, String token, String why) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> verifier.verify(token))
                .withMessageContaining(why)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
                    assertThat(e.getCause()).as("it may quote the token").isNull();
                });
    }

    // ---- from memory ----

    @Test
    void whatIsRememberedHasBeenVerifiedHasNotExpiredAndIsNotRevoked() throws Exception {
        String token = hs256(ANN);
        assertThat(bySecret.recall(token)).as("nobody has verified it").isNull();

        Identity ann = bySecret.verify(token);
        assertThat(bySecret.recall(token)).isSameAs(ann);
        assertThat(bySecret.recall(token + "x")).isNull();

        revocations.revokeSubject("ann", 50_000);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> bySecret.recall(token))
                .withMessageContaining("revoked");

        clock.advance(Duration.ofSeconds(200));
        assertThat(bySecret.recall(token)).as("it has expired").isNull();
    }

    // ---- what holds ----

    @Test
    void saysWhoItIsAndWhatHeMay() throws Exception {
        Identity ann = bySecret.verify(hs256("""
                {"sub":"ann","exp":100,"jti":"t-1","carillon":{"subscribe":["orders.*"],"publish":["$user.bob"],"admin":true}}"""));

        assertThat(ann.subject()).isEqualTo("ann");
        assertThat(ann.credential().id()).isEqualTo("t-1");
        assertThat(ann.credential().expires()).as("and 30 s for the clocks").isEqualTo(130_000);
        assertThat(ann.permissions().admin()).isTrue();
        assertThat(ann.permissions().allow(Action.SUBSCRIBE, new ChannelName("orders.1")))
                .isTrue();
        assertThat(ann.permissions().allow(Action.PUBLISH, new ChannelName("$user.bob")))
                .isTrue();
        assertThat(ann.permissions().allow(Action.PUBLISH, new ChannelName("orders.1")))
                .isFalse();
    }

    @Test
    void everyAlgorithmThatIsOursIsTakenWithItsOwnKey() throws Exception {
        TokenVerifier verifier = withKeys();
        assertThat(verifier.verify(signed(header(JWSAlgorithm.RS256, "rsa"), ANN, new RSASSASigner(rsa)))
                        .subject())
                .isEqualTo("ann");
        assertThat(verifier.verify(signed(header(JWSAlgorithm.ES256, "ec"), ANN, new ECDSASigner(ec)))
                        .subject())
                .isEqualTo("ann");
        assertThat(verifier.verify(byJdk(header(JWSAlgorithm.EdDSA, "ed"), "Ed25519", ed.getPrivate()))
                        .subject())
                .isEqualTo("ann");
        assertThat(verifier.verify(hs256(ANN)).subject()).isEqualTo("ann");
    }

    @Test
    void isVerifiedOnceUntilItExpires() throws Exception {
        String token = hs256(ANN);
        Identity first = bySecret.verify(token);
        clock.advance(Duration.ofSeconds(128));
        assertThat(bySecret.verify(token)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        isRefused(bySecret, token, "has expired");
    }

    @Test
    void isWorthNothingOnceItOrItsSubjectIsRevokedThoughItWasVerifiedBefore() throws Exception {
        String one = hs256("{\"sub\":\"ann\",\"exp\":100,\"jti\":\"t-1\"}");
        String other = hs256("{\"sub\":\"ann\",\"exp\":100,\"jti\":\"t-2\"}");
        bySecret.verify(one);
        revocations.revokeToken("t-1", clock.millis() + 10_000);
        isRefused(bySecret, one, "revoked");
        bySecret.verify(other);
        revocations.revokeSubject("ann", clock.millis() + 20_000);
        isRefused(bySecret, other, "revoked");
        clock.advance(Duration.ofSeconds(10));
        isRefused(bySecret, one, "revoked");
        assertThat(revocations.tokens()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        bySecret.verify(one);
        revocations.revokeSubject("ann", clock.millis() + 20_000);
        assertThat(revocations.restoreSubject("ann")).isTrue();
        bySecret.verify(other);
    }

    // ---- what does not ----

    @Test
    void noneIsNoAlgorithm() {
        for (String algorithm : new String[] {"none", "None", "NONE", ""}) {
            String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}").toString();
            isRefused(bySecret, header + "." + Base64URL.encode(ANN) + ".", "");
            isRefused(bySecret, header + "." + Base64URL.encode(ANN) + ".AAAA", "");
        }
    }

    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        TokenVerifier verifier = withKeys();
        byte[][] forms = {
            rsa.toRSAPublicKey().getEncoded(),
            Base64.getMimeEncoder().encode(rsa.toRSAPublicKey().getEncoded()),
            rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            rsa.getModulus().decode(),
        };
        for (byte[] form : forms) {
            for (JWSHeader header :
                    new JWSHeader[] {new JWSHeader(JWSAlgorithm.HS256), header(JWSAlgorithm.HS256, "rsa")}) {
                isRefused(verifier, signed(header, ANN, new MACSigner(form)), "signature");
            }
        }
    }

    @Test
    void aSecretAmongThePublicKeysIsNotUsed() throws Exception {
        byte[] published = "published-published-published-published".getBytes(StandardCharsets.UTF_8);
        OctetSequenceKey key =
                new OctetSequenceKey.Builder(published).keyID("oct").build();
        Path file = folder.resolve("keys.json");
        Files.writeString(file, new JWKSet(key).toString(false));
        TokenVerifier verifier = new TokenVerifier(new TokenSettings("", file.toString(), "", ""), clock, revocations);

        isRefused(verifier, signed(header(JWSAlgorithm.HS256, "oct"), ANN, new MACSigner(published)), "signature");
    }

    @Test
    void otherAlgorithmsAndShortKeysAreNotOurs() throws Exception {
        TokenVerifier verifier = withKeys();
        isRefused(
                verifier,
                signed(header(JWSAlgorithm.RS512, "rsa"), ANN, new RSASSASigner(rsa)),
                "algorithm or key that is not ours");
        isRefused(
                verifier,
                byJdk(header(JWSAlgorithm.RS256, "short"), "SHA256withRSA", shortRsa.toPrivateKey()),
                "algorithm or key that is not ours");
        isRefused(
                bySecret,
                signed(new JWSHeader(JWSAlgorithm.HS512), ANN, new MACSigner(SECRET + SECRET)),
                "algorithm or key that is not ours");
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsNotLookedAt() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .jwk(otherRsa.toPublicJWK())
                .build();
        isRefused(withKeys(), signed(header, ANN, new RSASSASigner(otherRsa)), "signature");
    }

    @Test
    void whatMustBeUnderstoodIsNotUnderstood() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("x"))
                .customParam("x", 1)
                .build();
        isRefused(bySecret, signed(header, ANN, new MACSigner(SECRET)), "signature");
    }

    @Test
    void aChangedTokenDoesNotHold() throws Exception {
        String[] parts = hs256(ANN).split("\\.", -1);
        String admin = Base64URL.encode(ANN.replace("ann", "root")).toString();
        isRefused(bySecret, parts[0] + "." + admin + "." + parts[2], "signature");
        isRefused(bySecret, parts[0] + "." + parts[1] + ".", "");
        isRefused(bySecret, parts[0] + "." + parts[1] + "." + parts[2].substring(4), "signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"ann\"} | no exp",
                "{\"sub\":\"ann\",\"exp\":-30} | has expired",
                "{\"sub\":\"ann\",\"exp\":100,\"nbf\":32} | nbf",
                "{\"exp\":100} | no sub",
                "{\"sub\":\"\",\"exp\":100} | no sub",
                "{\"sub\":\"a\\r\\nb\",\"exp\":100} | no sub",
                "{\"sub\":\"ann\",\"exp\":100,\"aud\":\"shop\"} | aud",
                "{\"sub\":\"ann\",\"exp\":100,\"jti\":\"\"} | jti",
                "{\"sub\":\"ann\",\"exp\":100,\"carillon\":[]} | is no object",
                "{\"sub\":\"ann\",\"exp\":100,\"carillon\":{\"admin\":\"yes\"}} | admin",
                "{\"sub\":\"ann\",\"exp\":100,\"carillon\":{\"publish\":\"**\"}} | is no array",
                "{\"sub\":\"ann\",\"exp\":100,\"carillon\":{\"publish\":[\"a\",\"a b\"]}} | publish[1]",
                "{\"sub\":\"ann\",\"exp\":100,\"carillon\":{\"publish\":[1]}} | publish[0]",
                "{\"sub\":\"ann\",\"exp\":\"soon\"} | no signed JWT",
                "[] | no exp",
            })
    void whatIsSignedMustMakeSenseToo(String row) throws Exception {
        String[] cells = row.split(" \\| ", -1);
        isRefused(bySecret, hs256(cells[0]), cells[1]);
    }

    @Test
    void clocksMayBeHalfAMinuteApart() throws Exception {
        bySecret.verify(hs256("{\"sub\":\"ann\",\"exp\":-28,\"nbf\":31}"));
    }

    @Test
    void issuerAndAudienceAreAskedForWhereTheyAreConfigured() throws Exception {
        TokenVerifier verifier =
                new TokenVerifier(new TokenSettings(SECRET, "", "https://id", "hub"), clock, revocations);
        verifier.verify(hs256("{\"sub\":\"ann\",\"exp\":100,\"iss\":\"https://id\",\"aud\":[\"shop\",\"hub\"]}"));
        isRefused(verifier, hs256("{\"sub\":\"ann\",\"exp\":100,\"iss\":\"https://id\"}"), "aud");
        isRefused(verifier, hs256("{\"sub\":\"ann\",\"exp\":100,\"iss\":\"https://id.evil\",\"aud\":\"hub\"}"), "iss");
        isRefused(verifier, hs256("{\"sub\":\"ann\",\"exp\":100,\"aud\":\"hub\"}"), "iss");
    }

    @Test
    void aSubjectMustFitAChannelsName() throws Exception {
        isRefused(bySecret, hs256("{\"sub\":\"" + "x".repeat(300) + "\",\"exp\":100}"), "too long");
    }

    @Test
    void withoutAnyKeyThereAreNoTokens() throws Exception {
        isRefused(
                new TokenVerifier(new TokenSettings("", "", "", ""), clock, revocations),
                hs256(ANN),
                "takes no tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "ey.ey.ey", "e30.e30.e30", "\u0000.\r\n.é"})
    void textThatIsNoTokenIsRefusedWithoutBeingQuoted(String text) {
        isRefused(bySecret, text, "");
    }

    @Test
    void aHugeTokenIsNotEvenRead() {
        isRefused(bySecret, "x".repeat(8193), "the limit is 8192");
    }

    // ---- keys come and go ----

    @Test
    void aKeyThatIsNewIsFoundAndOneThatIsNotThereIsAskedForNowAndThenOnly() throws Exception {
        TokenVerifier verifier = withKeys(new JWKSet(ec));
        verifier.verify(signed(header(JWSAlgorithm.ES256, "ec"), ANN, new ECDSASigner(ec)));
        Files.writeString(folder.resolve("keys.json"), new JWKSet(java.util.List.of(rsa, ec)).toString());

        verifier.verify(signed(header(JWSAlgorithm.RS256, "rsa"), ANN, new RSASSASigner(rsa)));
        Files.delete(folder.resolve("keys.json"));
        isRefused(verifier, signed(header(JWSAlgorithm.RS256, "other"), ANN, new RSASSASigner(rsa)), "signature");
    }

    @Test
    void withoutItsKeysTheHubSaysThatItCannotTell() throws Exception {
        TokenVerifier verifier = new TokenVerifier(
                new TokenSettings("", folder.resolve("nothing.json").toString(), "", ""), clock, revocations);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(
                        () -> verifier.verify(signed(header(JWSAlgorithm.RS256, "rsa"), ANN, new RSASSASigner(rsa))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
