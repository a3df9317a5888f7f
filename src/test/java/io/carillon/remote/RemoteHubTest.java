package io.carillon.remote;

import static io.carillon.remote.StubHub.answer;
import static io.carillon.remote.StubHub.hanging;
import static io.carillon.remote.StubHub.silence;
import static io.carillon.remote.StubHub.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Gap;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a client of the hub does when the hub does not do as one wishes. */
class RemoteHubTest {
    private static final String STORED = "{\"publications\":[{\"id\":7,\"channel\":\"a\",\"duplicate\":true}]}";
    private static final NewPublication ONE =
            new NewPublication(new ChannelName("a"), "{\"n\":1}".getBytes(StandardCharsets.UTF_8));

    // ---- publish ----

    @Test
    void whatIsNotAnsweredIsSentAgainWithTheSameKey() throws Exception {
        try (StubHub stub = new StubHub(silence(), answer(503, ""), answer(201, STORED));
                RemoteHub hub = RemoteHub.at(stub.root()).build()) {
            assertThat(hub.publish(ONE)).isEqualTo(new Appended(7, "a", true));

            assertThat(stub.asked).hasSize(3);
            assertThat(stub.asked)
                    .extracting(StubHub.Asked::body)
                    .containsOnly(stub.asked.get(0).body());
            assertThat(stub.asked.get(0).body())
                    .matches(
                            "\\{\"publications\":\\[\\{\"channel\":\"a\",\"event\":\"message\",\"key\":\"[0-9a-f-]{36}\","
                                    + "\"data\":\\{\"n\":1}}]}");
        }
    }

    @Test
    void ownKeyEventAndEndAreSent() throws Exception {
        try (StubHub stub = new StubHub(answer(201, STORED));
                RemoteHub hub = RemoteHub.at(stub.root()).token(() -> "t").build()) {
            hub.publish(new NewPublication(
                    new ChannelName("a"), "paid", new byte[] {'1'}, Duration.ofSeconds(60), "k", true));

            assertThat(stub.asked)
                    .containsExactly(new StubHub.Asked(
                            "POST",
                            "/v1/publications",
                            "Bearer t",
                            "null",
                            "{\"publications\":[{\"channel\":\"a\",\"event\":\"paid\",\"key\":\"k\",\"ttl\":60,"
                                    + "\"ephemeral\":true,\"data\":1}]}"));
        }
    }

    @Test
    void aRefusalIsNotTriedAgain() throws Exception {
        String problem = "{\"type\":\"/problems/forbidden\",\"status\":403,\"detail\":\"not yours\"}";
        try (StubHub stub = new StubHub(answer(403, problem));
                RemoteHub hub = RemoteHub.at(stub.root()).build()) {
            assertThatThrownBy(() -> hub.publish(ONE))
                    .isInstanceOfSatisfying(RemoteHubException.class, e -> {
                        assertThat(e.status()).isEqualTo(403);
                        assertThat(e.problem()).isEqualTo("forbidden");
                    })
                    .hasMessageContaining("not yours");
            assertThat(stub.asked).hasSize(1);
        }
    }

    @Test
    void patienceEnds() throws Exception {
        try (StubHub stub = new StubHub(answer(507, "", "Retry-After", "9"));
                RemoteHub hub = RemoteHub.at(stub.root())
                        .patience(Duration.ofSeconds(5))
                        .build()) {
            assertThatThrownBy(() -> hub.publish(ONE))
                    .isInstanceOfSatisfying(
                            RemoteHubException.class,
                            e -> assertThat(e.status()).isEqualTo(507));
            assertThat(stub.asked).hasSize(1);
        }
    }

    @Test
    void aPageOfHistoryIsRead() throws Exception {
        String page = "{\"channel\":\"a\",\"publications\":[{\"channel\":\"a\",\"id\":9,\"event\":\"e\",\"data\": {},"
                + "\"time\":5,\"new\":1}],\"cursor\":9,\"more\":true,\"gaps\":[{\"channel\":\"a\",\"from\":1,\"to\":8}]}";
        try (StubHub stub = new StubHub(answer(200, page));
                RemoteHub hub = RemoteHub.at(stub.root()).build()) {
            var history = hub.history(new ChannelName("a"), 1, 10);
            assertThat(history.publications()).extracting(Publication::toString).containsExactly("a#9");
            assertThat(history.gap()).isEqualTo(new Gap("a", 1, 8));
            assertThat(history.more()).isTrue();
            assertThat(stub.paths()).containsExactly("/v1/channels/a/publications?since=1&limit=10");
        }
    }

    // ---- subscribe ----

    private static final class Heard implements Listener {
        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publication(Publication publication) {
            all.add(publication + " " + new String(publication.data(), StandardCharsets.UTF_8));
            if (publication.id() == 4) {
                throw new IllegalStateException("the application's own mistake");
            }
        }

        @Override
        public void gap(Gap gap) {
            all.add(gap.toString());
        }

        @Override
        public void refused(RemoteHubException why) {
            all.add("refused " + why.status() + " " + why.getMessage());
        }

        void await(int count) {
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> all.size() >= count);
        }
    }

    private static String event(long id, String data) {
        return "id: " + id + "\ndata: {\"channel\":\"a\",\"id\":" + id + ",\"event\":\"message\",\"data\":" + data
                + ",\"time\":1}";
    }

    private static final List<ChannelPattern> CHANNELS = List.of(new ChannelPattern("a"), new ChannelPattern("b.*"));

    @Test
    void aStreamThatBreaksIsGoneOnWithWhereItEnded() throws Exception {
        Heard heard = new Heard();
        try (StubHub stub = new StubHub(
                        stream(": hello", "retry: 10\nid: 3", event(4, "1")),
                        answer(503, ""),
                        silence(),
                        hanging(
                                "event: gap\ndata: {\"channel\":\"b.*\",\"from\":4,\"to\":5}",
                                ": beat",
                                event(6, "{}"),
                                "event: tomorrow\ndata: {\"channel\":\"a\",\"id\":7,\"event\":\"tomorrow\",\ndata: \"data\":2,\"time\":1}\nid: 7"));
                RemoteHub hub = RemoteHub.at(stub.root()).client("office").build()) {
            RemoteSubscription subscription = hub.subscribe(CHANNELS, null, heard);
            heard.await(4);

            assertThat(heard.all).containsExactly("a#4 1", new Gap("b.*", 4, 5).toString(), "a#6 {}", "a#7 2");
            await().until(() -> Long.valueOf(7).equals(subscription.cursor()));
            String path = "/v1/events?envelope=1&client=office&channel=a&channel=b.*";
            assertThat(stub.paths()).containsExactly(path, path + "&since=4", path + "&since=4", path + "&since=4");
        }
    }

    @Test
    void aStreamThatSaysNothingIsGivenUp() throws Exception {
        Heard heard = new Heard();
        try (StubHub stub = new StubHub(hanging("id: 3"), hanging(event(4, "1")));
                RemoteHub hub = RemoteHub.at(stub.root())
                        .silence(Duration.ofMillis(300))
                        .build()) {
            hub.subscribe(CHANNELS, 0L, heard);
            heard.await(1);
            assertThat(stub.paths().get(0)).endsWith("&since=0");
            assertThat(stub.paths().get(1)).endsWith("&since=3");
            assertThat(stub.paths())
                    .as("the hub knows it again by its name")
                    .allMatch(path -> path.startsWith(stub.paths().get(0).replaceAll("&channel=.*", "")))
                    .allMatch(path -> path.matches(".*&client=[0-9a-f-]{36}&.*"));
        }
    }

    @Test
    void aTokenThatHasRunOutIsReplacedOnce() throws Exception {
        Iterator<String> tokens = List.of("old", "new", "old", "old").iterator();
        Heard heard = new Heard();
        try (StubHub stub = new StubHub(
                        answer(401, ""), stream(event(4, "1")), answer(401, ""), answer(401, "{\"detail\":\"no\"}"));
                RemoteHub hub = RemoteHub.at(stub.root()).token(tokens::next).build()) {
            hub.subscribe(CHANNELS, 1L, heard);
            heard.await(2);
            assertThat(heard.all).containsExactly("a#4 1", "refused 401 HTTP 401: no");
            assertThat(stub.asked)
                    .extracting(StubHub.Asked::authorization)
                    .containsExactly("Bearer old", "Bearer new", "Bearer old", "Bearer old");
        }
    }

    @Test
    void whomTheHubDoesNotWantBackStaysAway() throws Exception {
        Heard heard = new Heard();
        try (StubHub stub = new StubHub(
                        stream("event: bye\ndata: {\"code\":4000,\"reason\":\"down\",\"reconnect\":true}"),
                        stream("event: bye\ndata: {\"code\":4503,\"reason\":\"kicked\",\"reconnect\":false}"));
                RemoteHub hub = RemoteHub.at(stub.root()).build()) {
            hub.subscribe(CHANNELS, 1L, heard);
            heard.await(1);
            assertThat(heard.all).containsExactly("refused 0 ended by the hub: kicked");
            assertThat(stub.asked).hasSize(2);
        }
    }

    @Test
    void whatIsClosedIsQuiet() throws Exception {
        Heard heard = new Heard();
        try (StubHub stub = new StubHub(hanging("id: 3", event(4, "1")), hanging(event(5, "1")));
                RemoteHub hub = RemoteHub.at(stub.root()).build()) {
            RemoteSubscription subscription = hub.subscribe(CHANNELS, 1L, heard);
            heard.await(1);
            subscription.close();
            subscription.close();
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("carillon-subscription")));
            assertThat(heard.all).containsExactly("a#4 1");
            assertThat(stub.asked).hasSize(1);
        }
    }
}
