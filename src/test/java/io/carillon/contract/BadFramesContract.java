package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.RawClient;
import io.carillon.client.WebSocketClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a WebSocket client may get wrong: it is told, and only what cannot go on is closed. */
interface BadFramesContract extends Contract {
    Duration PATIENCE = Duration.ofSeconds(15);

    /** A container need not notice that half a frame has lost its sender: then the hub does, after 60 s of silence. */
    Duration NOTICED = Duration.ofSeconds(75);

    @Test
    default void aBadAddressIsAnsweredWithAnErrorAndClosedForGood() {
        try (Bystanders bystanders = new Bystanders(target(), freshChannel())) {
            refused("v1/ws?channel=a%20b", "invalid-channel");
            bystanders.publish();
            refused("v1/ws?since=abc", "invalid-cursor");
        }
    }

    private void refused(String path, String code) {
        try (WebSocketClient client = new WebSocketClient(target()).open(path, null)) {
            JsonObject error = client.answer("error");
            assertThat(error.text("code")).isEqualTo(code);
            assertThat(error.text("message")).as("%s", error).hasSizeGreaterThan(10);
            JsonObject bye = client.answer("bye");
            assertThat(bye.number("code")).isEqualTo(4500);
            assertThat(bye.is("reconnect")).isFalse();
            assertThat(client.awaitClose(PATIENCE).code()).isEqualTo(4500);
        }
    }

    @Test
    default void aBadMessageIsAnsweredWithAnErrorAndTheConnectionStays() {
        String channel = freshChannel();
        try (Bystanders bystanders = new Bystanders(target(), freshChannel());
                WebSocketClient client = new WebSocketClient(target()).connect(List.of(channel), null)) {
            error(client, "nope", "invalid-json");
            error(client, "{\"type\":", "invalid-json");
            error(client, "[".repeat(30_000) + "]".repeat(30_000), null);
            error(client, "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}", null);
            error(client, "{}", "invalid-request");
            error(client, "{\"type\":\"dance\"}", "unknown-type");
            error(client, "{\"type\":\"subscribe\"}", "invalid-request");
            error(client, "{\"type\":\"subscribe\",\"channel\":\"a b\",\"ref\":7}", "invalid-channel");
            error(client, "{\"type\":\"subscribe\",\"channel\":\"$node\"}", "invalid-channel");
            error(client, "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":\"abc\"}", "invalid-cursor");
            error(client, "{\"type\":\"publish\",\"channel\":\"" + channel + "\"}", "invalid-request");
            bystanders.publish();
            client.sendBinary(new byte[] {1, 2, 3});
            assertThat(client.answer("error").text("code")).isEqualTo("invalid-request");

            long id = publisher().publish(channel, "1");
            Expect.exactly(client, List.of(id));
        }
    }

    private static void error(WebSocketClient client, String message, @org.jspecify.annotations.Nullable String code) {
        client.send(message);
        JsonObject error = client.answer("error");
        if (code != null) {
            assertThat(error.text("code")).as("%s to %s", error, message).isEqualTo(code);
        }
        assertThat(error.text("message")).as("%s", error).hasSizeBetween(10, 500);
        if (message.contains("\"ref\":7")) {
            assertThat(error.raw("ref")).isEqualTo("7");
        }
    }

    @Test
    default void aMessageBeyondTheLimitEndsTheConnection() {
        try (Bystanders bystanders = new Bystanders(target(), freshChannel())) {
            assertThat(closeCodeAfter(1 << 20)).isEqualTo(4504);
            bystanders.publish();
            // Before the hub's limit, a server may have its own for one frame.
            assertThat(closeCodeAfter(10 << 20)).isIn(4504, 1009, 1011);
        }
    }

    private int closeCodeAfter(int characters) {
        try (RawClient client = RawClient.webSocket(target(), List.of(freshChannel()))) {
            String text = "{\"type\":\"publish\",\"data\":\"" + "x".repeat(characters) + "\"}";
            Thread sender = new Thread(() -> client.sendText(text));
            sender.start();
            return client.awaitClose(PATIENCE);
        }
    }

    @Test
    default void aFlooderWhoReadsTheAnswersIsToldTheLimit() {
        try (Bystanders bystanders = new Bystanders(target(), freshChannel());
                WebSocketClient client = new WebSocketClient(target()).connect(List.of(freshChannel()), null)) {
            for (int i = 1; i < 128; i++) {
                client.send("{\"type\":\"subscribe\",\"channel\":\"few-" + i + "\"}");
                client.answer("subscribed");
            }
            client.send("{\"type\":\"subscribe\",\"channel\":\"one-too-many\",\"ref\":\"last\"}");

            JsonObject error = client.answer("error");
            assertThat(error.text("code")).isEqualTo("limit");
            assertThat(error.text("message")).contains("128");
            assertThat(error.text("ref")).isEqualTo("last");
            bystanders.publish();
        }
    }

    @Test
    default void halfAFrameAndThenNothingHarmsNobody() {
        String channel = freshChannel();
        try (Bystanders bystanders = new Bystanders(target(), freshChannel())) {
            for (int i = 0; i < 20; i++) {
                RawClient client = RawClient.webSocket(target(), List.of(channel));
                client.sendHalfOf("{\"type\":\"publish\",\"channel\":\"" + channel + "\",\"data\":\"never whole\"}");
                if (i % 2 == 0) {
                    client.reset();
                } else {
                    client.close();
                }
            }
            bystanders.publish();
            assertThat(Expect.until(NOTICED, () -> present(channel) == 0))
                    .as("presence of %s after all have gone: %s", channel, presence(channel))
                    .isTrue();
        }
    }
}
