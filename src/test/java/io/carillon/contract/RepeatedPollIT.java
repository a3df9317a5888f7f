package io.carillon.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.RawHttp;
import io.carillon.client.Scrape;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Who polls again and again on one connection, as pollers do: what is the same but for its cursor is not parsed again (docs/adr/0028, 0031, 0032). That makes no difference to what he gets, and to what he is refused.
 */
class RepeatedPollIT extends DeployedHub {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("""
                carillon.token.secret=%s
                carillon.access.everybody=publish:open.*,subscribe:open.*
                carillon.connections.user=2
                """.formatted(SECRET)).addClass(Greeter.class);
    }

    private Publisher publisher;

    /** Servers make their filters and servlets when a request comes. */
    @BeforeEach
    void somebodyHasPolledBefore() throws Exception {
        publisher = new Publisher(new Target(Server.current().name(), hub(""), Map.of()));
        publisher.publish("open.a", "0");
        try (Client client = new Client("", "Cookie: a=b\r\n")) {
            assertThat(client.poll("open.a", 0, 1)).startsWith("HTTP/1.1 200");
        }
    }

    private final class Client implements AutoCloseable {
        private final RawHttp http;
        private final String fields;

        Client(String token, String more) {
            this.http = new RawHttp(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub("").getPort()));
            this.fields =
                    "Host: 127.0.0.1\r\n" + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + more;
        }

        void ask(String channel, long cursor, int seconds) {
            http.send(text(channel, cursor, seconds));
        }

        String text(String channel, long cursor, int seconds) {
            String target =
                    hub("v1/poll").getPath() + "?channel=" + channel + "&last_id=" + cursor + "&timeout=" + seconds;
            return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
        }

        String answer() {
            return http.answer();
        }

        String poll(String channel, long cursor, int seconds) {
            ask(channel, cursor, seconds);
            return answer();
        }

        /** So often that from now on the same is known: a token is verified first, the next opens the way, another is learned. */
        Client warm(String channel) {
            for (int i = 0; i < 4; i++) {
                assertThat(poll(channel, 0, 1)).startsWith("HTTP/1.1 200");
            }
            return this;
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    private static JsonObject body(String answer) {
        return JsonObject.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private String get(String path) {
        return publisher.get(path).body();
    }

    private void awaitClients(int count) {
        await().atMost(Duration.ofSeconds(15)).until(() -> get("greeter").startsWith(count + " "));
    }

    @Test
    void eachPublicationComesOnceAndInOrder() throws Exception {
        long cursor = publisher.publish("open.b", "0");
        try (Client client = new Client("", "")) {
            for (int i = 1; i <= 30; i++) {
                if (i % 2 == 0) {
                    client.ask("open.b", cursor, 20);
                    awaitClients(1);
                }
                long id = publisher.publish("open.b", "" + i);
                if (i % 2 != 0) {
                    client.ask("open.b", cursor, 20);
                }
                String answer = client.answer();
                assertThat(body(answer).objects("messages")).hasSize(1);
                assertThat(body(answer).objects("messages").get(0).number("id")).isEqualTo(id);
                assertThat(body(answer).number("cursor")).isEqualTo(id);
                assertThat(answer).containsIgnoringCase("\r\nETag: \"" + id + "\"\r\n");
                cursor = id;
            }
        }
        awaitClients(0);
    }

    @Test
    void whoLeavesIsGoneAndWhoIsThereCounts() throws Exception {
        try (Client one = new Client("", "").warm("open.a");
                Client two = new Client("", "").warm("open.a")) {
            one.ask("open.c", 0, 30);
            two.ask("open.c", 0, 30);
            awaitClients(2);
            publisher.publish("open.c", "1");
            assertThat(body(one.answer()).objects("messages")).hasSize(1);
            assertThat(body(two.answer()).objects("messages")).hasSize(1);
            long cursor = publisher.publish("open.c", "2");
            one.poll("open.c", 0, 30);
            one.poll("open.c", 1, 30);
            one.ask("open.c", cursor, 30);
            awaitClients(1);
        }
        awaitClients(0);
    }

    @Test
    void whoIsKnownWaitsOnNoWorker() throws Exception {
        try (Client client = new Client("", "").warm("open.a")) {
            assertThat(get("greeter")).containsPattern("I/O|carillon-polls");
            assertThat(client.poll("open.b", 0, 1)).startsWith("HTTP/1.1 200");
        }
    }

    /** Payara would close a connection that is without a request, as it sees it, for 30 seconds. */
    @Test
    @EnabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "payara",
            disabledReason = "the others count what they read, and wait longer")
    void aPollMayBeHeldForLongerThanTheServerWaitsForARequest() throws Exception {
        long cursor = publisher.publish("open.g", "0");
        try (Client client = new Client("", "").warm("open.g")) {
            for (int i = 0; i < 3; i++) {
                client.poll("open.g", 0, 35);
            }
            client.ask("open.g", cursor, 35);
            awaitClients(1);
            await().atMost(Duration.ofSeconds(45)).until(() -> get("greeter").startsWith("0 "));
            assertThat(body(client.answer()).text("status")).isEqualTo("timeout");
            publisher.publish("open.g", "1");
            assertThat(body(client.poll("open.g", cursor, 35)).objects("messages"))
                    .hasSize(1);
        }
    }

    /** The connection is the server's again: whatever comes, in however many pieces, and then polls once more. */
    @Test
    void whatElseComesOnTheConnectionIsAnswered() throws Exception {
        try (Client client = new Client("", "").warm("open.e")) {
            for (int round = 0; round < 3; round++) {
                String data = '"' + "x".repeat(30_000) + '"';
                client.http.send(
                        "POST " + hub("v1/channels/open.e/publications").getPath()
                                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                                + data.length() + "\r\n\r\n" + data);
                String answer = client.answer();
                assertThat(answer).startsWith("HTTP/1.1 201");
                long id = body(answer).number("id");
                assertThat(body(client.poll("open.e", id - 1, 5)).objects("messages"))
                        .hasSize(1);
                client.poll("open.e", id - 1, 5);
                String request =
                        "GET " + hub("v1/channels/open.e/presence").getPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
                client.http.send(request.substring(0, 9));
                assertThat(get("greeter")).startsWith("0 ");
                client.http.send(request.substring(9));
                assertThat(client.answer()).startsWith("HTTP/1.1 401");
                assertThat(client.poll("open.f", 0, 1)).startsWith("HTTP/1.1 200");
                client.ask("open.e", id - 1, 5);
                client.ask("open.e", id, 1);
                assertThat(body(client.answer()).objects("messages")).hasSize(1);
                assertThat(body(client.answer()).objects("messages")).isEmpty();
                client.warm("open.e");
            }
        }
        awaitClients(0);
    }

    /** Also if it begins behind a poll, when the next is expected. */
    @Test
    void whatReadsAsAPollInABodyIsNone() throws Exception {
        try (Client client = new Client("", "").warm("open.h")) {
            String poll = client.text("open.h", 0, 1);
            client.http.send(
                    poll + "POST " + hub("v1/channels/open.h/publications").getPath()
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                            + poll.length() + "\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
            client.http.send(poll);
            assertThat(client.answer()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void tooManyAreRefusedAndCounted() throws Exception {
        String refusals = "carillon_refusals_total{reason=\"limit\",what=\"subscribe\"}";
        long cursor = publisher.publish("open.d", "1");
        String token = Tokens.signed(SECRET, "ann", "{}");
        try (Client known = new Client(token, "").warm("open.d");
                Client one = new Client(token, "");
                Client two = new Client(token, "")) {
            one.ask("open.d", cursor, 30);
            two.ask("open.d", cursor, 30);
            awaitClients(2);
            double before = Scrape.of(get("metrics")).value(refusals);
            assertThat(known.poll("open.d", 0, 1)).startsWith("HTTP/1.1 429").contains("Retry-After");
            // A server may have sent an answer before the gate, through which it goes back, has counted it.
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(Scrape.of(get("metrics")).value(refusals))
                            .isEqualTo(before + 1));
            publisher.publish("open.d", "2");
            one.answer();
            two.answer();
            assertThat(known.poll("open.d", 0, 1)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoseTokenIsOverIsRefused() throws Exception {
        String token = Tokens.expiring(
                SECRET, "ann", "{}", Instant.now().minusSeconds(26)); // of 30 by which clocks may differ
        try (Client client = new Client(token, "").warm("open.a")) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> client.poll("open.a", 0, 1).startsWith("HTTP/1.1 401"));
            assertThat(client.poll("open.a", 0, 1)).startsWith("HTTP/1.1 401").contains("WWW-Authenticate");
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "wildfly",
            disabledReason = "only WildFly is suspended")
    void aServerThatIsSuspendedTakesNothing() throws Exception {
        try (Client known = new Client("", "").warm("open.a");
                Client fresh = new Client("", "")) {
            command(":suspend");
            try {
                assertThat(known.poll("open.a", 0, 1)).startsWith("HTTP/1.1 503");
                assertThat(fresh.poll("open.a", 0, 1)).startsWith("HTTP/1.1 503");
                assertThat(publisher
                                .post("v1/channels/open.a/publications", "application/json", "1")
                                .status())
                        .isEqualTo(503);
            } finally {
                command(":resume");
            }
            assertThat(known.poll("open.a", 0, 1)).startsWith("HTTP/1.1 200");
            publisher.publish("open.a", "1");
        }
    }

    private static void command(String command) throws Exception {
        Process cli = new ProcessBuilder(
                        Path.of(System.getProperty("server.home"), "bin", "jboss-cli.sh")
                                .toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + System.getProperty("it.admin.port"),
                        "--command=" + command)
                .redirectErrorStream(true)
                .start();
        cli.getOutputStream().close();
        String output = new String(cli.getInputStream().readAllBytes(), UTF_8);
        assertThat(cli.waitFor()).as(output).isZero();
    }
}
