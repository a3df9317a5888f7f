package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Scrape;
import io.carillon.client.Tokens;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * On WildFly and TomEE a plain poll occupies no worker, however long it is held; on no server does that change who may do what, or the answer. Its
 * other way, by the servlets, is taken by whoever shows a cookie.
 */
class PromptPollIT extends DeployedHub {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    private static final Map<String, String> COOKIE = Map.of("Cookie", "other=1");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.access.everybody=publish:open.*,subscribe:open.*
                carillon.origins=https://good.example
                carillon.connections.user=3
                """.formatted(SECRET)).addClass(Greeter.class);
    }

    private final String ann = bearer("ann");

    private static String bearer(String user) {
        return "Bearer " + Tokens.signed(SECRET, user, "{\"subscribe\":[\"orders.*\"]}");
    }

    /** The server makes its filters and servlets as requests come their way, and a token is remembered once it has been verified. */
    @BeforeEach
    void somebodyHasPolledBefore() throws Exception {
        publish("open.a", "\"first\"");
        assertThat(poll("open.a&since=0", COOKIE).statusCode()).isEqualTo(200);
        assertThat(poll("orders.1&timeout=1", Map.of("Authorization", ann)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPlainPollWaitsOnNoWorkerAndAllOthersDo() throws Exception {
        boolean prompt = Server.current() != Server.PAYARA;
        assertThat(worked("open.a&since=0", Map.of())).as("plain").isEqualTo(!prompt);
        assertThat(worked("orders.1&timeout=1", Map.of("Authorization", ann)))
                .as("a token that is known")
                .isEqualTo(!prompt);
        if (prompt) {
            assertThat(worked("open.a&since=0", COOKIE)).as("a cookie").isTrue();
        }
        if (Server.current() == Server.WILDFLY) {
            assertThat(worked("orders.1&timeout=1", Map.of("Authorization", bearer("bob"))))
                    .as("a token that has to be verified")
                    .isTrue();
        }
    }

    @Test
    void answersAreTheSameEitherWay() throws Exception {
        answeredAlike("open.a&since=0", Map.of(), 200);
        answeredAlike("open.a&since=0&client=me", Map.of("Origin", "https://good.example"), 200);
        answeredAlike("open.a&channel=open.%62&last_id=0", Map.of("X-Forwarded-For", "203.0.113.7"), 200);
        answeredAlike("open.b&timeout=1", Map.of(), 200);
        answeredAlike("open.a&timeout=1", Map.of("If-None-Match", "W/\"0\""), 200);
        answeredAlike("open.a&since=1&timeout=1", Map.of("Sec-Fetch-Site", "same-origin"), 200); // and a gap
    }

    @Test
    void whoMayNotIsRefusedAlikeAndCountedOnceEitherWay() throws Exception {
        String forged = "Bearer " + Tokens.signed(SECRET + "!", "ann", "{\"subscribe\":[\"**\"]}");
        refusedAlike("closed", Map.of(), 401, "unauthorized");
        refusedAlike("closed", Map.of("Authorization", ann), 403, "forbidden");
        refusedAlike("open.a", Map.of("Authorization", forged), 401, "unauthorized");
        refusedAlike("open.a", Map.of("Origin", "https://evil.example"), 403, "forbidden");
        refusedAlike("open.a", Map.of("Sec-Fetch-Site", "cross-site"), 403, "forbidden");
        refusedAlike("a..b", Map.of(), 400, "invalid-request");
        refusedAlike("open.a&timeout=soon", Map.of(), 400, "invalid-request");
        refusedAlike("open.a&client=%20", Map.of(), 400, "invalid-request");
        refusedAlike("open.a&since=x", Map.of(), 400, "invalid-request");
    }

    @Test
    void whatIsHeldCountsAndIsAnsweredByWhatIsPublished() throws Exception {
        Map<String, String> token = Map.of("Authorization", ann);
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(CLIENT.sendAsync(request("orders.7&timeout=4", token), BodyHandlers.ofString()));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> get("greeter").startsWith("3 "));
        assertThat(poll("orders.7&timeout=1", token).statusCode())
                .as("one more")
                .isEqualTo(429);

        CompletableFuture<HttpResponse<String>> stranger =
                CLIENT.sendAsync(request("open.c&timeout=30", Map.of()), BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(5)).until(() -> get("greeter").startsWith("4 "));
        publish("open.c", "\"now\"");
        HttpResponse<String> answer = stranger.get(5, TimeUnit.SECONDS);
        assertThat(answer.body()).contains("\"data\":\"now\"");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        for (CompletableFuture<HttpResponse<String>> poll : held) {
            assertThat(poll.get(10, TimeUnit.SECONDS).body()).contains("\"timeout\"");
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> get("greeter").startsWith("0 "));
    }

    @Test
    void pollsMayComeTogetherOnOneConnection() throws Exception {
        try (Socket socket = connect(raw("open.d&timeout=20") + raw("open.a&since=0"))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !get("greeter").startsWith("0 "));
            publish("open.d", "\"d\"");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"d\"");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"first\"");
        }
    }

    @Test
    void whoSaysMoreWhileHisPollIsHeldIsAnsweredInOrder() throws Exception {
        try (Socket socket = connect(raw("open.d&timeout=20"))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !get("greeter").startsWith("0 "));
            String next = raw("open.a&since=0");
            for (String piece : List.of(next.substring(0, 10), next.substring(10, 20), next.substring(20))) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
                assertThat(get("greeter")).as("still held").doesNotStartWith("0 ");
            }
            publish("open.d", "\"d\"");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"d\"");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("\"first\"");
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "wildfly|tomee",
            disabledReason = "Payara notices by a write, or when the poll's time is over")
    void whoLeavesHisPollIsGoneAtOnce() throws Exception {
        leaves(raw("open.d&timeout=60"));
    }

    /** Undertow reads nothing more from who says so, as if he had left. */
    @Test
    void whoWantsNoMoreThanOneAnswerGetsIt() throws Exception {
        for (String path : List.of("v1/poll", "v1/events")) {
            String request = raw("open.d&timeout=20").replace("v1/poll", path);
            try (Socket socket = connect(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))) {
                await().atMost(Duration.ofSeconds(5)).until(() -> get("greeter").startsWith("1 "));
                publish("open.d", "\"" + path + '"');
                assertThat(until(socket, '"' + path + '"')).startsWith("HTTP/1.1 200");
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                publish("open.d", "1"); // by which the end of a stream is noticed anywhere
                return get("greeter").startsWith("0 ");
            });
        }
    }

    private Socket connect(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub("").getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void leaves(String request) throws Exception {
        try (Socket socket = connect(request)) {
            await().alias(String.valueOf(socket))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> get("greeter").startsWith("1 "));
        }
        await().alias(request)
                .atMost(Duration.ofSeconds(3))
                .until(() -> get("greeter").startsWith("0 "));
    }

    private void refusedAlike(String query, Map<String, String> headers, int status, String code) throws Exception {
        String counter = "carillon_refusals_total{reason=\"" + code + "\",what=\"subscribe\"}";
        double before = Scrape.of(get("metrics")).value(counter);
        answeredAlike(query, headers, status);
        // A server may have sent an answer before the gate, through which it goes back, has counted it.
        await().alias("%s of %s".formatted(code, headers))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(Scrape.of(get("metrics")).value(counter)).isEqualTo(before + 2));
    }

    private void answeredAlike(String query, Map<String, String> headers, int status) throws Exception {
        HttpResponse<String> plain = poll(query, headers);
        HttpResponse<String> other = CLIENT.send(with(request(query, headers), COOKIE), BodyHandlers.ofString());
        Alike.assertAlike(query + " " + headers.keySet(), status, plain, other, body -> body);
    }

    private static HttpRequest with(HttpRequest request, Map<String, String> more) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        more.forEach(builder::setHeader);
        return builder.build();
    }

    /** Whether a worker has opened it. */
    private boolean worked(String query, Map<String, String> headers) throws Exception {
        assertThat(poll(query, headers).statusCode()).as(query).isEqualTo(200);
        String thread = get("greeter");
        return !thread.contains("I/O") && !thread.contains("carillon-polls");
    }

    private String raw(String query) {
        return "GET " + hub("v1/poll").getPath() + "?channel=" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    }

    /** Up to the end of its JSON. */
    private static String answer(Socket socket) throws IOException {
        return until(socket, "\"gaps\":[]}");
    }

    private static String until(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c; (c = socket.getInputStream().read()) >= 0; ) {
            text.append((char) c);
            if (text.toString().endsWith(end)) {
                return text.toString();
            }
        }
        throw new IOException("it ended with " + text);
    }

    private void publish(String channel, String data) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub("v1/channels/" + channel + "/publications"))
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(data))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> poll(String query, Map<String, String> headers) throws Exception {
        return CLIENT.send(request(query, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(String query, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub("v1/poll?channel=" + query));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private String get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(hub(path)).build(), BodyHandlers.ofString())
                .body();
    }
}
