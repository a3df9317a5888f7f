package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.SseClient;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.server.HubDeployment;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites stay out, one visitor has limits, and an administrator can end what is open. */
class DefencesIT extends ContractIT {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    private static final String ALL = """
            {"subscribe":["**"],"publish":["**","$**"],"presence":["**"]}""";
    private static final String ROOT = """
            {"subscribe":["**"],"publish":["**"],"admin":true}""";
    private static final String SHOP = "https://shop.example";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.origins=%s
                carillon.connections.user=5
                carillon.connections.address=8
                carillon.inbound.rate=20
                carillon.publish.rate=1000
                carillon.history.rate=10
                carillon.channels.rate=30
                """.formatted(SECRET, SHOP)).addClasses(HeaderUser.class);
    }

    private Target bearer(String user, String grants) {
        return target().with("Authorization", "Bearer " + Tokens.signed(SECRET, user, grants));
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<InputStream> response =
                    CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofInputStream());
            response.body().close();
            return response;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(target().http(path));
    }

    /** The status of a handshake, by hand: libraries do not let one say where a page comes from. */
    private int handshake(String... headers) {
        URI hub = target().root();
        StringBuilder request = new StringBuilder("GET " + hub.getPath() + "v1/ws HTTP/1.1\r\nHost: 127.0.0.1:"
                + hub.getPort() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            String head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(head.substring(9));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- pages of other sites ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://shop.example",
                "https://shop.example:444",
                "https://shop.example.evil.example",
                "https://evil.example/https://shop.example",
                "http://127.0.0.1:1",
                ""
            })
    void aForeignPageIsRefusedOnEveryTransport(String origin) {
        assertThat(handshake("Origin", origin)).isEqualTo(403);
        for (String path : new String[] {"v1/events", "v1/poll?timeout=1", "v1/channels/public/publications"}) {
            HttpResponse<InputStream> answer = send(get(path), "Origin", origin);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void itsOwnPagesAndThoseThatAreListedAreWelcome() {
        String own = "http://127.0.0.1:" + target().port();
        assertThat(handshake("Origin", own)).isEqualTo(101);
        assertThat(handshake("Origin", SHOP)).isEqualTo(101);
        assertThat(send(get("v1/events"), "Origin", own).statusCode()).isEqualTo(200);
        for (String path : new String[] {"v1/events", "v1/poll?timeout=1", "v1/channels/public/publications"}) {
            HttpResponse<InputStream> answer = send(get(path), "Origin", SHOP);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
                    .as(path)
                    .containsExactly(SHOP);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .contains("true");
            assertThat(answer.headers().allValues("Vary")).as(path).anyMatch(vary -> vary.contains("Origin"));
        }
    }

    @Test
    void nobodyGetsASession() {
        for (String path : new String[] {"v1/events", "v1/poll?timeout=1", "v1/channels/public/publications", ""}) {
            assertThat(send(get(path)).headers().map()).as(path).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void aBrowserThatAsksFirstIsToldWhatMayBeSent() {
        HttpResponse<InputStream> answer = send(
                get("v1/channels/public/publications").method("OPTIONS", BodyPublishers.noBody()),
                "Origin",
                SHOP,
                "Access-Control-Request-Method",
                "POST");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .get()
                .asString()
                .contains("Authorization", "Content-Type", "Idempotency-Key");
        assertThat(send(
                                get("v1/notify").method("OPTIONS", BodyPublishers.noBody()),
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "POST")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatAnImageOrAFormOfAnotherSiteSendsIsRefusedAlsoWithoutAnOrigin() {
        assertThat(send(get("v1/poll?timeout=1"), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(get("v1/poll?timeout=1"), "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(send(get("v1/poll?timeout=1"), "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoIsKnownByHisCookieMustSayWhereHeComesFromToChangeAnything() {
        String own = "http://127.0.0.1:" + target().port();
        assertThat(login("application/json")).isEqualTo(403);
        assertThat(login("text/plain", "Origin", own)).isEqualTo(415);
        assertThat(login("application/json", "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(login("application/json", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(login("application/json", "Origin", own)).isEqualTo(201);
        assertThat(login("application/json", "Sec-Fetch-Site", "same-origin")).isEqualTo(201);
    }

    private int login(String type, String... headers) {
        HttpRequest.Builder request = get("v1/tickets")
                .POST(BodyPublishers.ofString("{}"))
                .header("Content-Type", type)
                .header(HeaderUser.HEADER, "ann");
        return send(request, headers).statusCode();
    }

    // ---- limits of one visitor ----

    @Test
    void aUserHasSoManyConnectionsAndNoMore() {
        Target kim = bearer("kim", ALL);
        List<WebSocketClient> open = new ArrayList<>();
        try (SseClient stream = new SseClient(kim).connect(List.of("a"), null)) {
            assertThat(stream.open()).isTrue();
            for (int i = 0; i < 4; i++) {
                open.add(new WebSocketClient(kim).connect(List.of("a"), null));
            }
            HttpResponse<InputStream> refused = send(
                    get("v1/events?channel=a"), "Authorization", kim.headers().get("Authorization"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(handshake("Authorization", kim.headers().get("Authorization")))
                    .isEqualTo(429);
            try (WebSocketClient late = new WebSocketClient(target()).open("v1/ws?channel=a", null)) {
                late.send("{\"type\":\"auth\",\"token\":\"" + Tokens.signed(SECRET, "kim", ALL) + "\"}");
                assertThat(late.answer("error").text("code")).isEqualTo("limit");
                assertThat(late.awaitClose(Duration.ofSeconds(5)).code()).isEqualTo(4504);
            }
        } finally {
            open.forEach(WebSocketClient::close);
        }
    }

    @Test
    void anAddressHasSoManyConnectionsWhateverItSaysItIs() {
        Target far = target().with("X-Forwarded-For", "198.51.100.7, 203.0.113.9");
        List<WebSocketClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                open.add(new WebSocketClient(far).connect(List.of("public"), null));
            }
            assertThat(handshake("X-Forwarded-For", "192.0.2.1, 203.0.113.9"))
                    .as("only the nearest counts, since it is not trusted itself")
                    .isEqualTo(429);
            assertThat(send(get("v1/poll?timeout=1"), "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(handshake("X-Forwarded-For", "203.0.113.10")).isEqualTo(101);
        } finally {
            open.forEach(WebSocketClient::close);
        }
    }

    @Test
    void aSocketThatTalksTooMuchIsClosed() {
        try (WebSocketClient client = new WebSocketClient(target()).connect(List.of("public"), null)) {
            for (int i = 0; i < 200 && client.open(); i++) {
                AccessMatrix.sendUnlessClosed(client, "{\"type\":\"pong\"}");
            }
            assertThat(client.awaitClose(Duration.ofSeconds(10)).code()).isEqualTo(4504);
        }
    }

    @Test
    void publicationsChannelsAndReadsOfOneUserAreRationed() {
        Publisher flood = new Publisher(bearer("flood", ALL));
        String one = "{\"channel\":\"flood\",\"data\":1}";
        String body = "{\"publications\":[" + String.join(",", java.util.Collections.nCopies(1000, one)) + "]}";
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(flood.post("v1/publications", "application/json", body).status());
        }
        assertThat(statuses).contains(201, 429);

        Publisher names = new Publisher(bearer("names", ALL));
        String fresh = "v1/channels/n" + System.nanoTime() + ".";
        int taken = 0;
        while (taken < 200
                && names.post(fresh + taken + "/publications", "application/json", "1")
                                .status()
                        == 201) {
            taken++;
        }
        assertThat(taken).as("60 at once and 30 a minute").isBetween(60, 100);
        assertThat(names.post(fresh + "1/publications", "application/json", "1").status())
                .as("to those that are there he may publish")
                .isEqualTo(201);

        Publisher reader = new Publisher(bearer("reader", ALL));
        int status = 200;
        for (int i = 0; i < 1000 && status == 200; i++) {
            status = reader.get("v1/channels/public/publications").status();
        }
        assertThat(status).isEqualTo(429);
    }

    // ---- control ----

    @Test
    void theConsoleIsForAdministrators() {
        for (String path : new String[] {"v1/admin/connections", "v1/admin/revocations"}) {
            assertThat(new Publisher(target()).get(path).status()).isEqualTo(401);
            assertThat(new Publisher(bearer("ann", ALL)).get(path).status()).isEqualTo(403);
            assertThat(new Publisher(bearer("root", ROOT)).get(path).status()).isEqualTo(200);
        }
        assertThat(admin("DELETE", "connections?user=ann", bearer("ann", ALL)).statusCode())
                .isEqualTo(403);
        assertThat(admin("POST", "revocations?user=ann&seconds=9", target()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoIsKickedIsGoneAtOnceAndWhoIsRevokedStaysAway() throws Exception {
        Target root = bearer("root", ROOT);
        Target zoe = bearer("zoe", ALL);
        try (WebSocketClient first = new WebSocketClient(zoe).connect(List.of("a"), null);
                WebSocketClient second = new WebSocketClient(zoe).connect(List.of("a"), null);
                SseClient stream = new SseClient(zoe).connect(List.of("a"), null)) {
            JsonObject list =
                    new Publisher(root).get("v1/admin/connections?user=zoe").json();
            assertThat(list.objects("connections"))
                    .extracting(connection -> connection.text("connection"))
                    .contains(first.connectionId(), second.connectionId());

            assertThat(admin("DELETE", "connections/" + first.connectionId(), root)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(first.awaitClose(Duration.ofSeconds(1)).code()).isEqualTo(4503);
            assertThat(second.open()).isTrue();
            assertThat(admin("DELETE", "connections/" + first.connectionId(), root)
                            .statusCode())
                    .isEqualTo(404);

            assertThat(admin("POST", "revocations?user=zoe&seconds=3", root).statusCode())
                    .isEqualTo(201);
            assertThat(second.awaitClose(Duration.ofSeconds(1)).code()).isEqualTo(4503);
            assertThat(stream.bye().get(1, TimeUnit.SECONDS).number("code")).isEqualTo(4503);
            assertThat(new Publisher(zoe).get("v1/channels/a/publications").status())
                    .isEqualTo(401);
            assertThat(new Publisher(root).get("v1/admin/revocations").body()).contains("\"user\":\"zoe\"");
            assertThat(admin("DELETE", "revocations?user=zoe", root).statusCode())
                    .isEqualTo(200);
            assertThat(new Publisher(zoe).get("v1/channels/a/publications").status())
                    .isEqualTo(200);
        }
    }

    private HttpResponse<InputStream> admin(String method, String path, Target who) {
        HttpRequest.Builder request = get("v1/admin/" + path).method(method, BodyPublishers.noBody());
        who.headers().forEach(request::header);
        return send(request);
    }
}
