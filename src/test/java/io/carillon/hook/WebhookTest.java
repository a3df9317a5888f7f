package io.carillon.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.core.HubClock;
import io.carillon.core.Member;
import io.carillon.core.PresenceChange;
import io.carillon.core.PresenceChange.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts to a receiver that takes, refuses, fails, redirects or hangs. */
class WebhookTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";

    private record Post(String path, String type, String signature, String delivery, String body) {}

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean hangs;
    private HttpServer server;
    private Webhook hook;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
        hook = hook(EnumSet.allOf(Kind.class));
    }

    @AfterEach
    void stop() {
        released.countDown();
        hook.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private Webhook hook(Set<Kind> kinds) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=1");
        return new Webhook(new Webhook.Settings("n1", address, SECRET, kinds, Duration.ofMillis(2)), HubClock.SYSTEM);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posts.add(new Post(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Carillon-Signature"),
                exchange.getRequestHeaders().getFirst("Carillon-Delivery"),
                body));
        if (hangs) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        int status = answers.isEmpty() ? 204 : answers.remove(0);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static PresenceChange joined(int number) {
        Member ann = new Member("user:ann", "ann", null);
        return new PresenceChange(Kind.JOINED, "room", ann, number, 1763990000123L);
    }

    private void awaitPosted(long count) {
        await().until(() -> hook.posted() == count);
    }

    @Test
    void changesArePostedInOrderAsOneSignedBatch() throws Exception {
        hook.changed(List.of(
                new PresenceChange(Kind.OCCUPIED, "room", null, 1, 1763990000123L),
                joined(1),
                new PresenceChange(Kind.LEFT, "room", new Member("client:tab", null, "tab"), 0, 1763990000124L)));
        hook.start();
        awaitPosted(3);

        Post post = posts.get(0);
        assertThat(posts).hasSize(1);
        assertThat(post.path()).isEqualTo("/hook?a=1");
        assertThat(post.type()).isEqualTo("application/json");
        assertThat(post.delivery()).startsWith("n1-");
        assertThat(post.body())
                .isEqualTo("{\"node\":\"n1\",\"events\":["
                        + "{\"event\":\"occupied\",\"channel\":\"room\",\"count\":1,\"time\":1763990000123},"
                        + "{\"event\":\"joined\",\"channel\":\"room\",\"member\":\"user:ann\",\"user\":\"ann\",\"client\":null,"
                        + "\"count\":1,\"time\":1763990000123},"
                        + "{\"event\":\"left\",\"channel\":\"room\",\"member\":\"client:tab\",\"user\":null,\"client\":\"tab\","
                        + "\"count\":0,\"time\":1763990000124}]}");
        String[] parts = post.signature().split("[=,]", -1);
        assertThat(parts[0]).isEqualTo("t");
        assertThat(Long.parseLong(parts[1]))
                .isCloseTo(System.currentTimeMillis() / 1000, org.assertj.core.data.Offset.offset(60L));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts[1] + "." + post.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(parts[2]).isEqualTo("v1");
        assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void whatIsNotTakenIsPostedAgainWithTheSameNumber() {
        answers.addAll(List.of(500, 503, 429, 408));
        hook.changed(List.of(joined(1)));
        hook.start();
        awaitPosted(1);

        assertThat(posts).hasSize(5);
        assertThat(posts).extracting(Post::delivery).containsOnly(posts.get(0).delivery());
        assertThat(posts).extracting(Post::body).containsOnly(posts.get(0).body());
    }

    @Test
    void whatIsRefusedOrSentElsewhereIsGivenUpAndTheNextIsPosted() {
        answers.addAll(List.of(400, 302));
        hook.start();
        hook.changed(List.of(joined(1)));
        await().until(() -> hook.givenUp() == 1);
        hook.changed(List.of(joined(2)));
        await().until(() -> hook.givenUp() == 2);
        hook.changed(List.of(joined(3)));
        awaitPosted(1);

        assertThat(posts).extracting(Post::path).containsOnly("/hook?a=1");
        assertThat(posts).hasSize(3);
    }

    @Test
    void afterEightAttemptsItGoesOnWithTheNext() {
        for (int i = 0; i < Webhook.ATTEMPTS; i++) {
            answers.add(500);
        }
        hook.start();
        hook.changed(List.of(joined(1)));
        await().until(() -> hook.givenUp() == 1);
        hook.changed(List.of(joined(2)));
        awaitPosted(1);
        assertThat(posts).hasSize(Webhook.ATTEMPTS + 1);
    }

    @Test
    void aReceiverThatHangsBlocksNobodyAndTheOldestGoes() {
        hangs = true;
        hook.start();
        hook.changed(List.of(joined(1)));
        await().until(() -> posts.size() == 1);
        List<PresenceChange> many = new ArrayList<>();
        for (int i = 0; i < Webhook.CAPACITY + 7; i++) {
            many.add(joined(100 + i));
        }
        hook.changed(many);
        assertThat(hook.dropped()).isEqualTo(7);
        hangs = false;
        released.countDown();
        awaitPosted(Webhook.CAPACITY + 1);

        assertThat(posts).hasSize(1 + Webhook.CAPACITY / Webhook.BATCH);
        assertThat(posts.get(1).body()).contains("\"count\":107,").doesNotContain("\"count\":106,");
    }

    @Test
    void onlyWhatIsAskedForIsPosted() {
        Webhook few = hook(EnumSet.of(Kind.VACATED));
        try {
            few.changed(List.of(joined(1), new PresenceChange(Kind.VACATED, "room", null, 0, 1)));
            few.start();
            await().until(() -> few.posted() == 1);
            assertThat(posts)
                    .singleElement()
                    .satisfies(post -> assertThat(post.body()).doesNotContain("joined"));
        } finally {
            few.close();
        }
        assertThat(new Webhook.Settings("n1", URI.create("https://a.example"), SECRET, Set.of(), Duration.ZERO)
                        .toString())
                .doesNotContain(SECRET);
    }
}
