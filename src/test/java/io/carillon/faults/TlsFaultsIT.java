package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.Scrape;
import io.carillon.client.SseClient;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Tls;
import io.carillon.client.WebSocketClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The server ends TLS itself, as each of them can: what goes straight into a socket elsewhere must not there. Clients come, are given much, small and large, leave and
 * come back; by HTTP/1.1 and by HTTP/2.
 */
class TlsFaultsIT {
    private static final String CHANNEL = "secret";
    private static final String OTHER = "secret.too";
    private static final int MANY = 2000;

    private static final List<Function<Target, Subscriber>> TRANSPORTS =
            List.of(WebSocketClient::new, SseClient::new, target -> new PollClient(target).holding(3));

    @ParameterizedTest
    @EnumSource(value = Launch.class, mode = Mode.EXCLUDE, names = "BARE")
    void carriesAllThatGoesInTheClear(Launch launch) throws Exception {
        try (HubProcess hub = HubProcess.withTls(launch, "tls")) {
            hub.start();
            allTransportsCarryAllAndResume(hub);
            publicationsStreamsAndPollsGoByHttp2(hub.encrypted());
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(connections(hub))
                            .as("who has left is not there any more")
                            .isZero());
        }
    }

    private static void allTransportsCarryAllAndResume(HubProcess hub) {
        Publisher publisher = new Publisher(hub.encrypted());
        long before = publisher.publish(CHANNEL, "\"first\"");
        List<Long> ids = new ArrayList<>();
        for (Function<Target, Subscriber> transport : TRANSPORTS) {
            ids.clear();
            try (Subscriber one = transport.apply(hub.encrypted()).connect(List.of(CHANNEL), before);
                    Subscriber other = transport.apply(hub.target()).connect(List.of(CHANNEL), before)) {
                for (int size : new int[] {1, 1000, 15_000, 17_000, 60_000}) {
                    ids.add(publisher.publish(CHANNEL, '"' + "x".repeat(size) + '"'));
                }
                ids.addAll(publisher.burst(CHANNEL, MANY));
                await().until(() -> connections(hub) == 2);
                awaitIds(one, ids);
                awaitIds(other, ids);
                assertThat(one.received()).as("%s", one).isEqualTo(other.received());
            }
            before = ids.get(ids.size() - 1);
            List<Long> missed = publisher.burst(CHANNEL, MANY);
            try (Subscriber back = transport.apply(hub.encrypted()).connect(List.of(CHANNEL), before)) {
                awaitIds(back, missed);
            }
            before = missed.get(missed.size() - 1);
        }
    }

    private static void awaitIds(Subscriber client, List<Long> ids) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(client.received()).as("%s", client).hasSize(ids.size()));
        assertThat(client.received()).as("%s", client).extracting(Received::id).isEqualTo(ids);
        assertThat(client.gaps()).as("%s", client).isEmpty();
    }

    private static double connections(HubProcess hub) {
        Publisher.Answer answer = new Publisher(hub.target()).get("metrics");
        return Scrape.of(answer.body()).samples().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith("carillon_connections{"))
                .mapToDouble(sample -> sample.getValue())
                .sum();
    }

    /** As browsers do: sockets come by connections of their own. */
    private static void publicationsStreamsAndPollsGoByHttp2(Target target) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(Tls.CONTEXT)
                .build();
        HttpRequest.Builder publication = HttpRequest.newBuilder(target.http("v1/channels/" + OTHER + "/publications"))
                .header("Content-Type", "application/json");
        HttpResponse<String> first =
                client.send(publication.POST(BodyPublishers.ofString("0")).build(), BodyHandlers.ofString());
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);

        var stream = client.sendAsync(
                        HttpRequest.newBuilder(target.http("v1/events?since=0&channel=" + OTHER))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream())
                .get();
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(data(lines)).isEqualTo("data: 0");
            String cursor = "0";
            for (int i = 0; i < 50; i++) {
                CompletableFuture<HttpResponse<String>> poll = client.sendAsync(
                        HttpRequest.newBuilder(
                                        target.http("v1/poll?timeout=10&last_id=" + cursor + "&channel=" + OTHER))
                                .build(),
                        BodyHandlers.ofString());
                if (i > 0) { // the first has its answer already
                    publish(client, publication, i);
                    assertThat(data(lines)).isEqualTo("data: " + i);
                }
                HttpResponse<String> answer = poll.get();
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).contains("\"data\":" + i + ",");
                cursor = answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
            }
        }
    }

    private static void publish(HttpClient client, HttpRequest.Builder publication, int data) throws Exception {
        HttpResponse<String> answer =
                client.send(publication.POST(BodyPublishers.ofString("" + data)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private static String data(BufferedReader lines) throws Exception {
        String line;
        do {
            line = lines.readLine();
        } while (line != null && !line.startsWith("data: "));
        return line;
    }
}
