package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.carillon.core.NewPublication;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays {@code golden/client-messages.txt}. */
class ClientMessagesTest {

    @TestFactory
    Stream<DynamicTest> eachMessageIsUnderstoodAsItsGoldenFileHas() throws Exception {
        return Golden.resource("client-messages.txt").sections().entrySet().stream()
                .map(section -> dynamicTest(section.getKey(), () -> {
                    String text = section.getValue().lines().findFirst().orElseThrow();
                    assertThat(text + "\n" + understood(text) + "\n").isEqualTo(section.getValue());
                }));
    }

    private static String understood(String text) {
        try {
            return said(ClientMessages.parse(text));
        } catch (InvalidMessageException e) {
            return "error " + e.code().slug() + " ref=" + or(e.ref()) + ": " + e.getMessage();
        }
    }

    private static String said(ClientMessage message) {
        String ref = " ref=" + or(message.ref());
        if (message instanceof ClientMessage.Subscribe subscribe) {
            return "subscribe channel=" + subscribe.channel() + " since=" + or(subscribe.since()) + ref;
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            return "unsubscribe channel=" + unsubscribe.channel() + ref;
        } else if (message instanceof ClientMessage.Publish publish) {
            NewPublication p = publish.publication();
            return "publish channel=" + p.channel() + " event=" + p.event() + " data=" + new String(p.data(), UTF_8)
                    + " ttl=" + or(p.ttl() == null ? null : p.ttl().toSeconds()) + " key=" + or(p.key()) + ref;
        } else if (message instanceof ClientMessage.Presence presence) {
            return "presence channel=" + presence.channel() + ref;
        } else if (message instanceof ClientMessage.Chat chat) {
            return "chat channel=" + or(chat.channel()) + " data=" + new String(chat.data(), UTF_8) + ref;
        }
        if (message instanceof ClientMessage.Auth auth) {
            return "auth token=" + auth.token() + ref;
        }
        return (message instanceof ClientMessage.Ping ? "ping" : "pong") + ref;
    }

    private static Object or(Object value) {
        return value == null ? "-" : value;
    }

    @Test
    void aRefOfAnyLengthDoesNotComeBack() {
        assertThatThrownBy(() -> ClientMessages.parse("{\"type\":\"ping\",\"ref\":\"" + "r".repeat(127) + "\"}"))
                .hasMessage("member \"ref\" has 129 bytes; the limit is 128");
    }
}
