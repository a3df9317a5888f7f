package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.JsonObject;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Scrape;
import io.carillon.client.SseClient;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.server.HubDeployment;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What operators look at says exactly what happened, and only to them. */
class SignalsIT extends ContractIT {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.access.everybody=subscribe:open.**,publish:open.**
                carillon.message=1KB
                """.formatted(SECRET)).addClasses(Saboteur.class);
    }

    private Scrape scrape() {
        Publisher.Answer answer = new Publisher(target()).get("metrics");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Scrape.of(answer.body());
    }

    private Publisher.Answer post(String path) {
        return new Publisher(target()).post(path, "application/json", "1");
    }

    private String saboteur(String what) {
        Publisher.Answer answer = post("saboteur?do=" + what);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What two scrapes differ by. */
    private record Change(Scrape before, Scrape after) {
        long of(String sample) {
            return Math.round(after.value(sample) - before.value(sample));
        }

        long of(String name, String label, String value) {
            return of(name + "{" + label + "=\"" + value + "\"}");
        }
    }

    @Test
    void theFiguresSayExactlyWhatHappenedOnEachTransport() throws Exception {
        String channel = "open.figures";
        Publisher publisher = new Publisher(target());
        long start = publisher.publish(channel, "0");
        Scrape before = scrape();

        PollClient.Answer polled;
        List<Long> ids;
        try (WebSocketClient socket = new WebSocketClient(target()).connect(List.of(channel), start);
                SseClient stream = new SseClient(target()).connect(List.of(channel), start);
                SseClient late = new SseClient(target()).connect(List.of(channel), 1L)) {
            ids = publisher.publishAll(channel, List.of("\"1234\"", "22", "333"));
            Expect.exactly(socket, ids);
            Expect.exactly(stream, ids);
            await().until(() ->
                    late.received().size() == 1 + ids.size() && late.gaps().size() == 1);
            polled = new PollClient(target()).once(List.of(channel), start, 5);
            Scrape open = scrape();
            assertThat(open.value("carillon_connections{transport=\"websocket\"}"))
                    .isEqualTo(1);
            assertThat(open.value("carillon_connections{transport=\"sse\"}")).isEqualTo(2);
            publisher.post("v1/channels/" + channel + "/publications?key=k", "application/json", "7");
            publisher.post("v1/channels/" + channel + "/publications?key=k", "application/json", "7");
            awaitReceived(4, socket, stream);
            await().until(() -> late.received().size() == 5);
            assertThat(post("v1/channels/closed/publications").status()).isEqualTo(401);
            assertThat(publisher
                            .post(
                                    "v1/channels/" + channel + "/publications",
                                    "application/json",
                                    '"' + "x".repeat(2_000) + '"')
                            .status())
                    .isEqualTo(413);
            assertThat(publisher.get("v1/poll?channel=closed").status()).isEqualTo(401);
            assertThat(publisher.get("v1/events?channel=closed").status()).isEqualTo(401);
            assertThat(publisher.get("v1/channels/closed/publications").status())
                    .isEqualTo(401);
            socket.send("{\"type\":\"publish\",\"channel\":\"closed\",\"data\":1}");
            assertThat(socket.answer("error").text("code")).isEqualTo("unauthorized");
            assertThat(saboteur("kick&what=" + socket.id())).isEqualTo("true");
            assertThat(socket.answer("bye").number("code")).isEqualTo(4503);
        }
        assertThat(polled.messages()).hasSize(3);

        await().until(() -> scrape().value("carillon_connections{transport=\"websocket\"}") == 0);
        Change change = new Change(before, scrape());
        assertThat(change.of("carillon_publications_accepted_total")).isEqualTo(4);
        assertThat(change.of("carillon_publications_duplicate_total")).isEqualTo(1);
        assertThat(change.of("carillon_publications_bytes_total")).isEqualTo(6 + 2 + 3 + 1);
        assertThat(change.of("carillon_log_append_seconds_count")).isEqualTo(3);
        assertThat(change.of("carillon_deliveries_total", "transport", "websocket"))
                .isEqualTo(4);
        assertThat(change.of("carillon_deliveries_total", "transport", "sse")).isEqualTo(4 + 5);
        assertThat(change.of("carillon_deliveries_total", "transport", "long-poll"))
                .isEqualTo(3);
        assertThat(change.of("carillon_frames_total", "transport", "long-poll")).isEqualTo(1);
        assertThat(change.of("carillon_connections_opened_total", "transport", "websocket"))
                .isEqualTo(1);
        assertThat(change.of("carillon_connections_opened_total", "transport", "sse"))
                .isEqualTo(2);
        assertThat(change.of("carillon_connections_opened_total", "transport", "long-poll"))
                .isEqualTo(1);
        assertThat(change.of("carillon_connections_closed_total", "reason", "kicked"))
                .isEqualTo(1);
        assertThat(change.of("carillon_connections_closed_total", "reason", "done"))
                .isEqualTo(1);
        assertThat(change.of("carillon_connections_closed_total", "reason", "slow"))
                .isZero();
        assertThat(change.of("carillon_gaps_total")).isEqualTo(1);
        assertThat(change.of("carillon_fanout_lag_seconds_count")).isBetween(1L, 4L);
        assertThat(refused(change, "unauthorized", "publish"))
                .as("by HTTP and on the socket")
                .isEqualTo(2);
        assertThat(refused(change, "payload-too-large", "publish")).isEqualTo(1);
        assertThat(refused(change, "unauthorized", "subscribe"))
                .as("a poll and a stream")
                .isEqualTo(2);
        assertThat(refused(change, "unauthorized", "read")).isEqualTo(1);
        assertThat(change.after().value("carillon_log_failed")).isZero();
        assertThat(change.after().value("carillon_log_segments")).isPositive();
        assertThat(change.after().value("carillon_log_bytes")).isPositive();
    }

    private static long refused(Change change, String reason, String what) {
        return change.of("carillon_refusals_total{reason=\"" + reason + "\",what=\"" + what + "\"}");
    }

    private static void awaitReceived(int count, Subscriber... all) {
        for (Subscriber one : all) {
            await().until(() -> one.received().size() == count);
        }
    }

    @Test
    void theFiguresAreForThisMachineAndForAdministrators() throws Exception {
        Target far = target().with("X-Forwarded-For", "203.0.113.7");
        assertThat(new Publisher(far).get("metrics").status()).isEqualTo(401);
        assertThat(new Publisher(target().with("Forwarded", "for=203.0.113.7"))
                        .get("metrics")
                        .status())
                .isEqualTo(401);
        assertThat(byName("evil.example")).contains(" 401 ");
        assertThat(byName("127.0.0.1")).contains(" 200 ");
        assertThat(new Publisher(bearer(far, "{\"subscribe\":[\"**\"]}"))
                        .get("metrics")
                        .status())
                .isEqualTo(403);
        Publisher.Answer admin = new Publisher(bearer(far, "{\"admin\":true}")).get("metrics");
        assertThat(admin.status()).isEqualTo(200);
        assertThat(admin.contentType().replace(" ", "").toLowerCase(Locale.ROOT))
                .isEqualTo("text/plain;version=0.0.4;charset=utf-8");
    }

    private static Target bearer(Target target, String grants) {
        return target.with("Authorization", "Bearer " + Tokens.signed(SECRET, "somebody", grants));
    }

    /** The status line, for who calls the hub by that name. */
    private String byName(String host) throws Exception {
        try (java.net.Socket socket = new Socket(InetAddress.getLoopbackAddress(), target().port())) {
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    @Test
    void whatTheDashboardAndTheAlertsAskForExists() {
        saboteur("collect");
        Scrape.awaitGarbageCollection(this::scrape);
        assertThat(Scrape.missingIn(scrape())).isEmpty();
    }

    @Test
    void aBalancerHearsThatTheHubIsUpWithoutASession() throws Exception {
        for (String path : List.of("health", "health/live", "health/ready")) {
            HttpResponse<String> got = send("GET", path);
            assertThat(got.statusCode()).as(path).isEqualTo(200);
            assertThat(JsonObject.parse(got.body()).text("status")).isEqualTo("UP");
            assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(got.headers().firstValue("Cache-Control")).contains("no-store");
            HttpResponse<String> head = send("HEAD", path);
            assertThat(head.statusCode()).as("HEAD %s", path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(got.headers().map()).doesNotContainKey("set-cookie");
        }
        assertThat(send("GET", "health/wealth").statusCode()).isEqualTo(404);
        assertThat(new Publisher(target().with("X-Forwarded-For", "203.0.113.7"))
                        .get("health/ready")
                        .status())
                .isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = hub(path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aConsoleFindsTheHubInItsServersJvm() {
        assertThat(saboteur("read&what=Ready")).isEqualTo("true");
        assertThat(Long.parseLong(saboteur("read&what=LogBytes"))).isPositive();
        assertThat(saboteur("read&what=LogFailure")).isEmpty();
    }
}
