package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Scrape;
import io.carillon.client.Tokens;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On WildFly a plain request to publish occupies no worker; on no server does that change who may do what, or the answer. Where nobody waits
 * for the journal, its thread acknowledges.
 */
class PromptPublishIT extends DeployedHub {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    private static final String PLAIN = "v1/channels/open.a/publications";
    private static final String WITHOUT_A_WORKER = "carillon-journal";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.access.everybody=publish:open.*
                carillon.origins=https://good.example
                """.formatted(SECRET)).addClass(Eavesdropper.class);
    }

    private final String ann = bearer(Tokens.signed(SECRET, "ann", "{\"publish\":[\"orders.*\"]}"));

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    /** The server makes its filters as requests come their way, and a token is remembered once it has been verified. */
    @BeforeEach
    void somebodyHasPublishedBefore() throws Exception {
        assertThat(post(PLAIN, "1", Map.of()).statusCode()).isEqualTo(201);
        assertThat(post("v1/channels/orders.1/publications", "1", Map.of("Authorization", ann))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPlainRequestWaitsOnNoWorkerAndAllOthersDo() throws Exception {
        boolean undertow = Server.current() == Server.WILDFLY;
        assertThat(worked(PLAIN, "1", Map.of())).as("plain").isEqualTo(!undertow);
        assertThat(worked("v1/publications", "{\"channels\":[\"open.a\",\"open.b\"],\"data\":1}", Map.of()))
                .as("a batch")
                .isEqualTo(!undertow);
        assertThat(worked("v1/channels/orders.1/publications", "1", Map.of("Authorization", ann)))
                .as("a token that is known")
                .isEqualTo(!undertow);

        assertThat(worked(PLAIN + "?ttl=", "1", Map.of())).as("a query").isTrue();
        assertThat(worked("v1/channels/open%2Ea/publications", "1", Map.of()))
                .as("an encoded name")
                .isTrue();
        assertThat(worked(PLAIN, "1", Map.of("Cookie", "JSESSIONID=x")))
                .as("a cookie: the container may know him")
                .isTrue();
        assertThat(worked(PLAIN, "1", Map.of("Authorization", "Basic YTpi")))
                .as("a password")
                .isTrue();
        assertThat(worked(
                        "v1/channels/orders.1/publications",
                        "1",
                        Map.of("Authorization", bearer(Tokens.signed(SECRET, "new", "{\"publish\":[\"orders.*\"]}")))))
                .as("a token that has to be verified")
                .isTrue();
        String one = "{\"channel\":\"open.a\",\"data\":\"" + "x".repeat(900) + "\"}";
        assertThat(worked("v1/publications", "{\"publications\":[" + one + (',' + one).repeat(80) + "]}", Map.of()))
                .as("a long body")
                .isTrue();
        assertThat(post(PLAIN, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'1'})), Map.of())
                        .statusCode())
                .isEqualTo(201);
        assertThat(thread()).as("a body of unknown length").isNotEqualTo(WITHOUT_A_WORKER);
    }

    @Test
    void whoMayNotIsRefusedAlikeAndCountedOnceEitherWay() throws Exception {
        String forged = bearer(Tokens.signed(SECRET + "!", "ann", "{\"publish\":[\"**\"]}"));
        refusedAlike("closed", Map.of(), 401, "unauthorized");
        refusedAlike("closed", Map.of("Authorization", ann), 403, "forbidden");
        refusedAlike("open.a", Map.of("Authorization", forged), 401, "unauthorized");
        refusedAlike("open.a", Map.of("Origin", "https://evil.example"), 403, "forbidden");
        refusedAlike("open.a", Map.of("Sec-Fetch-Site", "cross-site"), 403, "forbidden");
        refusedAlike("closed", Map.of("Origin", "https://good.example"), 401, "unauthorized");
        refusedAlike("a..b", Map.of(), 400, "invalid-request");
        refusedAlike("open.a", Map.of("Content-Type", "text/plain"), 415, "unsupported-media-type");
        answeredAlike("open.a", Map.of("Origin", "https://good.example"), 201);
        answeredAlike("open.a", Map.of("Sec-Fetch-Site", "same-origin"), 201);
        answeredAlike("open.a", Map.of("X-Forwarded-For", "203.0.113.7"), 201);
    }

    private void refusedAlike(String channel, Map<String, String> headers, int status, String code) throws Exception {
        String counter = "carillon_refusals_total{reason=\"" + code + "\",what=\"publish\"}";
        double before = counted(counter);
        answeredAlike(channel, headers, status);
        // A server may have sent an answer before the gate, through which it goes back, has counted it.
        await().alias("%s of %s".formatted(code, headers))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(counted(counter)).isEqualTo(before + 2));
    }

    private double counted(String counter) throws Exception {
        return Scrape.of(get("metrics")).value(counter);
    }

    private void answeredAlike(String channel, Map<String, String> headers, int status) throws Exception {
        String path = "v1/channels/" + channel + "/publications";
        HttpResponse<String> plain = post(path, "1", headers);
        HttpResponse<String> other = post(path + "?ttl=", "1", headers);
        Alike.assertAlike(channel + " " + headers.keySet(), status, plain, other, body -> body.replaceAll("\\d+", "0"));
    }

    @Test
    void aBodyMayComeInPiecesAndRequestsMayComeTogether() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub("").getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            for (String piece : List.of(request(4), "\"h", "i", "\"")) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
                get("eavesdropper"); // and meanwhile somebody else is served
            }
            assertThat(answer(socket)).startsWith("HTTP/1.1 201");

            out.write((request(1) + "1" + request(1) + "2").getBytes(StandardCharsets.UTF_8));
            assertThat(answer(socket)).startsWith("HTTP/1.1 201");
            assertThat(answer(socket)).startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void whoVanishesWithinHisBodyPublishesNothingAndHoldsNobodyUp() throws Exception {
        String before = get("v1/channels/open.gone/publications");
        for (int i = 0; i < 40; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub("").getPort())) {
                socket.getOutputStream()
                        .write((request(9).replace("open.a", "open.gone") + "\"half").getBytes(StandardCharsets.UTF_8));
            }
        }
        for (int i = 0; i < 40; i++) {
            assertThat(post(PLAIN, "1", Map.of()).statusCode()).isEqualTo(201);
        }
        assertThat(get("v1/channels/open.gone/publications")).isEqualTo(before);
    }

    private String request(int length) {
        return "POST " + hub(PLAIN).getPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
    }

    /** Up to the end of its JSON. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c; (c = socket.getInputStream().read()) >= 0; ) {
            text.append((char) c);
            if (c == '}') {
                return text.toString();
            }
        }
        throw new IOException("it ended with " + text);
    }

    /** Whether a worker has waited for the log. */
    private boolean worked(String path, String body, Map<String, String> headers) throws Exception {
        assertThat(post(path, body, headers).statusCode()).as(path).isEqualTo(201);
        return !thread().equals(WITHOUT_A_WORKER);
    }

    private String thread() throws Exception {
        return get("eavesdropper");
    }

    private String get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(hub(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body, Map<String, String> headers) throws Exception {
        return post(path, BodyPublishers.ofString(body), headers);
    }

    private HttpResponse<String> post(String path, BodyPublisher body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub(path)).setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        return CLIENT.send(request.POST(body).build(), BodyHandlers.ofString());
    }
}
