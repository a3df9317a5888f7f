package io.carillon.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.Base64URL;
import io.carillon.core.ChannelName;
import io.carillon.core.Client;
import io.carillon.core.HubClock;
import io.carillon.core.Transport;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whatever is shown as a token, and whatever a token says that is signed: an identity that can be used, or a refusal. */
class TokensFuzzTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String CLAIMS = "{\"sub\":\"ann\",\"exp\":4102444800}";
    /** The example key of RFC 8037: nobody signs with it here. */
    private static final String KEYS = """
            {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""";

    private static final TokenVerifier VERIFIER = verifier();

    private static TokenVerifier verifier() {
        try {
            Path keys = Files.writeString(Files.createTempFile("keys", ".json"), KEYS);
            keys.toFile().deleteOnExit();
            TokenSettings settings = new TokenSettings(new String(SECRET, UTF_8), keys.toString(), "", "");
            return new TokenVerifier(settings, HubClock.SYSTEM, new Revocations(HubClock.SYSTEM));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any text at all: nobody can guess a signature. */
    @FuzzTest(maxDuration = "3m")
    void texts(byte[] input) {
        String text = new String(input, UTF_8);
        assertThat(verified(text)).isNull();
    }

    /** A token of ours with any claims. */
    @FuzzTest(maxDuration = "3m")
    void claims(byte[] claims) {
        Identity identity = verified(signed(HEADER.getBytes(UTF_8), claims));
        if (identity == null) {
            return;
        }
        String subject = String.valueOf(identity.subject());
        Client client = new Client(Transport.SSE, subject, "127.0.0.1", identity.credential());
        assertThat(client.user()).isEqualTo(subject).isNotEmpty();
        assertThat(subject.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(new String(subject.getBytes(UTF_8), UTF_8))
                .as("it goes out as it came in, and shares its channel with nobody")
                .isEqualTo(subject);
        assertThat(identity.expired(System.currentTimeMillis())).isFalse();
        for (Permission permission : identity.permissions().list()) {
            assertThat(Permissions.parse(permission.toString()).list()).containsExactly(permission);
        }
        AccessPolicy policy = new AccessPolicy(Permissions.NONE, Permissions.NONE);
        policy.check(identity, Action.SUBSCRIBE, new ChannelName(AccessPolicy.ownChannel(subject)));
    }

    /** A token of ours whose header says anything: it is only ours if it says HS256. */
    @FuzzTest(maxDuration = "3m")
    void headers(byte[] header) {
        Identity identity = verified(signed(header, CLAIMS.getBytes(UTF_8)));
        if (identity != null) {
            String text = new String(header, UTF_8);
            assertThat(text).containsPattern("\"(a|\\\\u0061)").doesNotContain("\"crit\":[");
            assertThat(identity.subject()).isEqualTo("ann");
        }
    }

    /** Null for what is refused. */
    private static Identity verified(String token) {
        try {
            return VERIFIER.verify(token);
        } catch (ProtocolException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(e.getCause()).isNull();
            String message = String.valueOf(e.getMessage());
            assertThat(message.chars().noneMatch(Character::isISOControl)).isTrue();
            if (token.length() > 40) {
                assertThat(message).doesNotContain(token.substring(0, 40));
            }
            return null;
        }
    }

    private static String signed(byte[] header, byte[] claims) {
        try {
            String content = Base64URL.encode(header) + "." + Base64URL.encode(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return content + "." + Base64URL.encode(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
