package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.RawHttp;
import io.carillon.client.SseClient;
import io.carillon.client.Target;
import io.carillon.client.WebSocketClient;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The hub goes down while clients of all kinds are connected: each is told, with its cursor, and none hangs. */
@ArquillianTest
class UndeployIT {
    private static final String HUB = "hub";
    private static final int EACH_KIND = 10;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = HUB, managed = false, testable = false)
    static WebArchive hub() {
        return HubDeployment.atRoot();
    }

    @Test
    void everyClientIsToldAndClosedWithinTwoSeconds() throws Exception {
        deployer.deploy(HUB);
        Target target = new Target(
                Server.current().name(),
                URI.create("http://127.0.0.1:" + System.getProperty("it.http.port") + "/"),
                Map.of());
        String channel = "goodbye";
        long start = new Publisher(target).publish(channel, "0");
        List<WebSocketClient> sockets = new ArrayList<>();
        List<SseClient> streams = new ArrayList<>();
        List<CompletableFuture<PollClient.Answer>> polls = new ArrayList<>();
        for (int i = 0; i < EACH_KIND; i++) {
            sockets.add(new WebSocketClient(target).connect(List.of(channel), start));
            streams.add(new SseClient(target).connect(List.of(channel), start));
            polls.add(CompletableFuture.supplyAsync(() -> new PollClient(target).once(List.of(channel), start, 50)));
        }
        Publisher publisher = new Publisher(target);
        Expect.until(
                Duration.ofSeconds(10),
                () -> publisher
                                .get("v1/channels/" + channel + "/presence")
                                .json()
                                .number("count")
                        == 3 * EACH_KIND);

        RawHttp idle = new RawHttp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.getInteger("it.http.port")));
        String request = "GET /v1/poll?channel=" + channel + "&since=0&timeout=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        for (int i = 0; i < 4; i++) { // so that it is known, and its connection kept where the hub does that
            assertThat(idle.ask(request)).startsWith("HTTP/1.1 200");
        }

        List<CompletableFuture<Long>> ends = new ArrayList<>();
        sockets.forEach(socket -> ends.add(socket.ended().thenApply(close -> System.nanoTime())));
        streams.forEach(stream -> ends.add(stream.ended()));
        polls.forEach(poll -> ends.add(poll.thenApply(answer -> System.nanoTime())));
        deployer.undeploy(HUB);

        for (WebSocketClient socket : sockets) {
            JsonObject bye = socket.answer("bye");
            assertThat(bye.number("code")).as("%s", socket).isEqualTo(4000);
            assertThat(bye.is("reconnect")).isTrue();
            assertThat(socket.awaitClose(Duration.ofSeconds(5)).code())
                    .as("%s", socket)
                    .isEqualTo(4000);
        }
        for (CompletableFuture<PollClient.Answer> poll : polls) {
            PollClient.Answer answer = poll.get(5, TimeUnit.SECONDS);
            assertThat(answer.outcome()).as(answer.body()).isIn("bye", "timeout");
            assertThat(answer.cursor()).isEqualTo(start);
        }
        assertThat(idle.ask(request))
                .as("who polls when there is no hub")
                .matches("(?s)HTTP/1.1 (404|503) .*")
                .doesNotContain("/problems/");
        idle.close();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (CompletableFuture<Long> end : ends) {
            long at = end.get(5, TimeUnit.SECONDS);
            first = Math.min(first, at);
            last = Math.max(last, at);
        }
        for (SseClient stream : streams) {
            assertThat(stream.retries())
                    .as("retry at start and before the end of %s", stream)
                    .isEqualTo(2);
        }
        assertThat(Duration.ofNanos(last - first))
                .as("from the first client's end to the last's")
                .isLessThan(Duration.ofSeconds(2));
    }
}
