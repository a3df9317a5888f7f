package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.JsonObject;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.SseClient;
import io.carillon.client.WebSocketClient;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Clients as tutorials have them, who know nothing of channels and cursors; and the standard's own SSE client. */
interface PlainClientsContract extends Contract {
    String CHANNEL = "public";
    String CHAT = "{\"type\":\"chat\",\"user\":\"Änne\",\"message\":\"hello \\\"all\\\"\",\"timestamp\":1712345678901}";

    @Test
    default void aChatMessageReachesEveryWebSocketWithItsFourFields() {
        try (WebSocketClient sender = new WebSocketClient(target()).connect(List.of(), null);
                WebSocketClient other = new WebSocketClient(target()).connect(List.of(), null)) {
            sender.send(CHAT);

            for (WebSocketClient client : List.of(sender, other)) {
                JsonObject chat = client.answer("chat");
                assertThat(chat.raw("user")).isEqualTo("\"Änne\"");
                assertThat(chat.text("message")).isEqualTo("hello \"all\"");
                assertThat(chat.raw("timestamp")).isEqualTo("1712345678901");
                assertThat(List.of("type", "user", "message", "timestamp", "id", "channel"))
                        .as("%s", client)
                        .containsAll(chat.names());
            }
        }
    }

    @Test
    default void aChatMessageIsAnEventOfThatNameElsewhere() {
        try (SseClient events = new SseClient(target()).connect(List.of(CHANNEL), null);
                WebSocketClient sender = new WebSocketClient(target()).connect(List.of(), null)) {
            sender.send(CHAT);

            long id = sender.answer("chat").number("id");
            Received event = only(events);
            assertThat(event).isEqualTo(new Received(CHANNEL, id, "chat", event.data()));
            assertThat(JsonObject.compact(event.data())).isEqualTo(CHAT);
            PollClient.Answer poll = new PollClient(target()).once(List.of(), id - 1, 1);
            assertThat(poll.messages()).containsExactly(event);
        }
    }

    @Test
    default void aPingIsAnsweredWithAPong() {
        try (WebSocketClient client = new WebSocketClient(target()).connect(List.of(), null)) {
            client.send("{\"type\":\"ping\"}");
            client.answer("pong");
        }
    }

    @Test
    default void anEventStreamHasTheHeadersThatProxiesNeed() {
        try (SseClient events = new SseClient(target()).connect(List.of(), null)) {
            assertThat(events.headers().get("content-type")).startsWith("text/event-stream");
            assertThat(events.headers())
                    .containsEntry("cache-control", "no-cache, no-transform")
                    .containsEntry("x-accel-buffering", "no");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(events.retry()).as("retry of %s", events).isPositive());
        }
    }

    @Test
    default void theStandardsEventSourceHearsMessageAndUpdate() {
        List<InboundSseEvent> heard = new CopyOnWriteArrayList<>();
        Client client = ClientBuilder.newClient();
        try (SseEventSource source =
                SseEventSource.target(client.target(target().http("v1/events"))).build()) {
            source.register(event -> {
                if (!event.isEmpty()) { // Jersey hands out comments and retries, too
                    heard.add(event);
                }
            });
            source.open();
            await().atMost(Duration.ofSeconds(10)).until(() -> present(CHANNEL) >= 1);
            Publisher publisher = publisher();
            long message = publisher.publish(CHANNEL, "{\"n\":1}");
            long update = publisher.publish(CHANNEL, "update", "{\"n\":2}");

            await().atMost(Duration.ofSeconds(10)).until(() -> heard.size() >= 2);
            assertThat(heard)
                    .extracting(
                            InboundSseEvent::getId,
                            event -> event.getName() == null ? "message" : event.getName(),
                            InboundSseEvent::readData)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("" + message, "message", "{\"n\":1}"),
                            org.assertj.core.groups.Tuple.tuple("" + update, "update", "{\"n\":2}"));
        } finally {
            client.close();
        }
    }

    @Test
    default void aPollLoopWithLastIdHearsEachOnce() {
        Publisher publisher = publisher();
        long cursor = publisher.publish(CHANNEL, "0");
        List<Long> sent = publisher.burst(CHANNEL, 3);
        PollClient poll = new PollClient(target());
        PollClient.Answer first = poll.once(List.of(), cursor, 30);
        assertThat(first.outcome()).isEqualTo("ok");
        assertThat(first.messages().stream().map(Received::id)).containsExactlyElementsOf(sent);

        CompletableFuture<PollClient.Answer> held =
                CompletableFuture.supplyAsync(() -> poll.once(List.of(), first.cursor(), 30));
        await().atMost(Duration.ofSeconds(10)).until(() -> polls(CHANNEL) == 1);
        long next = publisher.publish(CHANNEL, "1");

        assertThat(held.join().messages().stream().map(Received::id)).containsExactly(next);
    }

    @Test
    default void aNotifyWakesEveryPoll() {
        PollClient poll = new PollClient(target());
        List<CompletableFuture<PollClient.Answer>> held = List.of(
                CompletableFuture.supplyAsync(() -> poll.once(List.of(), null, 30)),
                CompletableFuture.supplyAsync(() -> poll.once(List.of(CHANNEL), null, 30)));
        await().atMost(Duration.ofSeconds(10)).until(() -> polls(CHANNEL) == 2);

        Publisher.Answer answer = publisher().post("v1/notify", "application/json", "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().text("status")).isEqualTo("notified");
        for (CompletableFuture<PollClient.Answer> each : held) {
            assertThat(each.join().messages()).singleElement().satisfies(message -> {
                assertThat(message.event()).isEqualTo("update");
                assertThat(message.channel()).isEqualTo(CHANNEL);
            });
        }
    }

    @Test
    default void anETagIsACursorToo() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        List<Long> ids = publisher.burst(channel, 3);
        PollClient poll = new PollClient(target());

        PollClient.Answer all = poll.once(List.of(channel), 0L, 1);

        assertThat(all.etag()).isEqualTo("\"" + all.cursor() + "\"");
        assertThat(poll.after("\"" + ids.get(1) + "\"", channel).messages().stream()
                        .map(Received::id))
                .containsExactly(ids.get(2));
    }

    private long polls(String channel) {
        return presence(channel).objects("subscribers").stream()
                .filter(subscriber -> subscriber.text("transport").contains("poll"))
                .count();
    }

    private static Received only(SseClient events) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !events.received().isEmpty());
        assertThat(events.received()).hasSize(1);
        return events.received().get(0);
    }
}
