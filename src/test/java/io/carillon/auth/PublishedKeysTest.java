package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys from a real HTTP server, which is not always as it should be. */
class PublishedKeysTest {
    private static final long START = 1_000_000_000_000L;

    private static ECKey old;
    private static ECKey fresh;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int status = 200;
    private volatile String body = "";
    private volatile boolean slow;
    private HttpServer server;

    @BeforeAll
    static void keys() throws Exception {
        old = new ECKeyGenerator(Curve.P_256).keyID("old").generate();
        fresh = new ECKeyGenerator(Curve.P_256).keyID("fresh").generate();
    }

    @BeforeEach
    void serve() throws IOException {
        body = new JWKSet(old).toString();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", this::answer);
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            send(exchange, 200, new JWKSet(old).toString());
        });
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        try {
            if (slow) {
                over.await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        send(exchange, status, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String place() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    private TokenVerifier verifier() {
        return new TokenVerifier(
                new TokenSettings("", place(), "", ""), HubClock.SYSTEM, new Revocations(HubClock.SYSTEM));
    }

    private static String token(ECKey key, String subject) throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new Payload("{\"sub\":\"" + subject + "\",\"exp\":4102444800}"));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private void cannotTell() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> verifier().verify(token(old, "ann")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void areFetchedOnceForAllTokens() throws Exception {
        TokenVerifier verifier = verifier();
        assertThat(asked).as("not before they are needed").hasValue(0);
        for (int i = 0; i < 100; i++) {
            assertThat(verifier.verify(token(old, "user" + i)).subject()).isEqualTo("user" + i);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesItAndAnUnknownOneIsNotAskedForAgainAndAgain() throws Exception {
        TokenVerifier verifier = verifier();
        verifier.verify(token(old, "ann"));
        body = new JWKSet(fresh).toString();
        assertThat(verifier.verify(token(fresh, "bob")).subject()).isEqualTo("bob");
        assertThat(asked).hasValue(2);

        ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
        for (int i = 0; i < 50; i++) {
            String token = token(unknown, "eve" + i);
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> verifier.verify(token))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
        }
        assertThat(asked.get())
                .as("requests for 50 tokens of a key that nobody has")
                .isLessThanOrEqualTo(4);
        verifier.verify(token(fresh, "zoe"));
    }

    @Test
    void aRedirectIsNotFollowed() {
        status = 302;
        cannotTell();
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void aSetThatIsTooLargeIsNotTaken() {
        body = new JWKSet(old).toString() + " ".repeat(300 * 1024);
        cannotTell();
    }

    @Test
    void whatIsNoSetIsNotTaken() {
        body = "<html>sign in</html>";
        cannotTell();
        body = "[".repeat(100_000);
        cannotTell();
    }

    @Test
    void aServerThatDoesNotAnswerHoldsUpARequestForSecondsOnly() {
        slow = true;
        long begin = System.nanoTime();
        cannotTell();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    // ---- with a clock of our own, which Nimbus takes one layer below ----

    private JWKSetSource<SecurityContext> source() {
        return ((JWKSetBasedJWKSource<SecurityContext>) PublishedKeys.at(place())).getJWKSetSource();
    }

    private static JWKSet after(JWKSetSource<SecurityContext> source, Duration time) throws KeySourceException {
        return source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), START + time.toMillis(), null);
    }

    @Test
    void areFetchedAgainAfterFiveMinutes() throws Exception {
        JWKSetSource<SecurityContext> source = source();
        after(source, Duration.ZERO);
        body = new JWKSet(fresh).toString();
        assertThat(after(source, Duration.ofMinutes(4)).getKeyByKeyId("old")).isNotNull();
        assertThat(asked).hasValue(1);
        JWKSet rotated = after(source, Duration.ofMinutes(6));
        assertThat(rotated.getKeyByKeyId("old")).as("a key that was taken out").isNull();
        assertThat(rotated.getKeyByKeyId("fresh")).isNotNull();
        assertThat(asked).hasValue(2);
    }

    @Test
    void serveForAnHourWhileTheyCannotBeHad() throws Exception {
        JWKSetSource<SecurityContext> source = source();
        after(source, Duration.ZERO);
        status = 500;
        for (int minutes = 6; minutes < 60; minutes += 6) {
            assertThat(after(source, Duration.ofMinutes(minutes)).getKeyByKeyId("old"))
                    .as("after %d minutes", minutes)
                    .isNotNull();
        }
        assertThat(asked.get()).as("it goes on asking").isGreaterThan(5);
        assertThatExceptionOfType(KeySourceException.class).isThrownBy(() -> after(source, Duration.ofHours(3)));
        status = 200;
        assertThat(after(source, Duration.ofHours(4)).getKeyByKeyId("old")).isNotNull();
    }
}
