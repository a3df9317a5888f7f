package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.NewPublication;
import java.math.BigInteger;

/** Whatever a client says on its socket: it is understood, or refused in words; and nothing of it breaks an answer. */
class ClientMessagesFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void messages(byte[] input) {
        try {
            understood(ClientMessages.parse(new String(input, UTF_8)));
        } catch (InvalidMessageException e) {
            OneLine.check(e.code(), String.valueOf(e.getMessage()));
            TinyJson.parse(ServerMessages.error(e.code(), "no", e.ref()).text());
        }
    }

    private static void understood(ClientMessage message) {
        TinyJson.parse(ServerMessages.pong(message.ref()).text());
        if (message instanceof ClientMessage.Publish publish) {
            publishable(publish.publication());
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            assertThat(new ChannelPattern(subscribe.channel().value())).isEqualTo(subscribe.channel());
            assertThat(subscribe.since())
                    .satisfiesAnyOf(
                            since -> assertThat(since).isNull(),
                            since -> assertThat(since).isBetween(0L, Cursors.MAX));
        } else if (message instanceof ClientMessage.Chat chat) {
            // What is broadcast is a message of the same dialect, and comes out of it unchanged.
            ClientMessage.Chat again = (ClientMessage.Chat) ClientMessages.parse(new String(chat.data(), UTF_8));
            assertThat(again.data()).isEqualTo(chat.data());
            assertThat(again.channel()).isNull();
            assertThat(TinyJson.parse(new String(chat.data(), UTF_8)).members().keySet())
                    .isSubsetOf("type", "user", "message", "timestamp");
        } else if (message instanceof ClientMessage.Presence presence) {
            assertThat(presence.channel().reserved()).isFalse();
        }
    }

    static void publishable(NewPublication publication) {
        RawJson.check(publication.data());
        assertThat(publication.event()).hasSizeBetween(1, NewPublication.MAX_EVENT_LENGTH);
        assertThat(publication.event().chars().noneMatch(Character::isISOControl))
                .isTrue();
        assertThat(new ChannelName(publication.channel().value())).isEqualTo(publication.channel());
    }

    @FuzzTest(maxDuration = "1m")
    void cursors(byte[] input) {
        String text = new String(input, UTF_8);
        boolean digits = text.length() <= 64 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            Long cursor = Cursors.parse(text);
            assertThat(digits).as("what is not a number is none").isTrue();
            Long expected = text.isEmpty()
                    ? null
                    : (Long) new BigInteger(text)
                            .min(BigInteger.valueOf(Cursors.MAX))
                            .longValueExact();
            assertThat(cursor).isEqualTo(expected);
        } catch (InvalidCursorException e) {
            assertThat(digits).as("%s is a number", text).isFalse();
            OneLine.check(e.code(), String.valueOf(e.getMessage()));
        }
    }
}
