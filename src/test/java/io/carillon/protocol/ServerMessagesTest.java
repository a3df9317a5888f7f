package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Appended;
import io.carillon.core.Attendance;
import io.carillon.core.CloseReason;
import io.carillon.core.Frame;
import io.carillon.core.Member;
import io.carillon.core.PresenceChange;
import io.carillon.core.Subscribed;
import io.carillon.core.Transport;
import io.carillon.support.TestHub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replays {@code golden/server-messages.txt}. */
class ServerMessagesTest {

    @Test
    void eachMessageIsWrittenAsItsGoldenFileHas() throws Exception {
        Map<String, Frame> frames = new LinkedHashMap<>();
        frames.put("welcome", ServerMessages.welcome("n1-a", "n1", 25));
        frames.put("subscribed", ServerMessages.subscribed(new Subscribed("orders", 1000, 1042, true), null));
        frames.put(
                "subscribed with a ref",
                ServerMessages.subscribed(new Subscribed("orders.*", 1042, 1042, false), "\"a \\\"1\\\" é\""));
        frames.put("unsubscribed", ServerMessages.unsubscribed("orders", "2"));
        frames.put("pong", ServerMessages.pong(null));
        frames.put("pong with a ref", ServerMessages.pong("1.50"));
        frames.put("published", ServerMessages.published(new Appended(1042, "orders", false), "3"));
        try (TestHub hub = new TestHub("n1")) {
            String first =
                    hub.connect(Transport.WEBSOCKET, "Ann \"A\"", "orders").id();
            String second = hub.connect(Transport.LONG_POLL, null, "orders").id();
            String presence = ServerMessages.presence("orders", hub.present("orders"), null, "4")
                    .text();
            frames.put(
                    "presence", new Frame.Text(presence.replace(first, "n1-1").replace(second, "n1-2")));
        }
        frames.put("presence of nobody", ServerMessages.presence("orders", List.of(), null, null));
        frames.put("presence with members", ServerMessages.presence("orders", List.of(), attendance(), "6"));
        frames.put("join", new Frame.Text(new String(PresenceJson.member(joined()), UTF_8)));
        frames.put("authenticated", ServerMessages.authenticated("Ann \"A\"", 1795546030000L, "1"));
        frames.put("error", ServerMessages.error(ErrorCode.INVALID_CURSOR, "cursor \"x\"\tis bad", "5"));
        frames.put("error without a ref", ServerMessages.error(ErrorCode.INTERNAL, "é", null));
        frames.put("bye", ServerMessages.bye(CloseReason.DRAIN));
        frames.put("bye for good", ServerMessages.bye(CloseReason.KICKED));
        frames.put("heartbeat", WebSocketEncoder.SINGLE.heartbeat());
        frames.put("sse heartbeat", SseEncoder.PLAIN.heartbeat());
        frames.put("sse comment", SseEncoder.comment("carillon"));
        frames.put("sse retry", SseEncoder.retry(2500));
        frames.put("sse retry with the cursor", SseEncoder.retry(2500, 1042));
        frames.put("sse bye", SseEncoder.bye(CloseReason.EXPIRED, 2500));
        frames.put("sse bye for good", SseEncoder.bye(CloseReason.KICKED, 2500));
        frames.put("poll timeout", PollEncoder.timeout(1042));
        frames.put("poll bye", PollEncoder.bye(CloseReason.DRAIN, 1042));

        Map<String, String> written = new LinkedHashMap<>();
        frames.forEach((name, frame) -> written.put(name, content(frame)));
        assertThat(written)
                .containsExactlyEntriesOf(Golden.resource("server-messages.txt").sections());
    }

    private static Attendance attendance() {
        return new Attendance(
                3,
                List.of(
                        new Attendance.Present(new Member("user:Ann \"A\"", "Ann \"A\"", null), 1763990000123L),
                        new Attendance.Present(new Member("client:tab-7", null, "tab-7"), 1763990000124L),
                        new Attendance.Present(new Member("connection:n1-x-1", null, null), 1763990000125L)),
                1042);
    }

    private static PresenceChange joined() {
        Member ann = new Member("user:Ann \"A\"", "Ann \"A\"", null);
        return new PresenceChange(PresenceChange.Kind.JOINED, "orders", ann, 3, 1763990000123L);
    }

    /** JSON with the end of line that the golden file has after it; an event stream as it is. */
    private static String content(Frame frame) {
        String text =
                frame instanceof Frame.Bytes bytes ? new String(bytes.bytes(), UTF_8) : ((Frame.Text) frame).text();
        return text.endsWith("\n") ? text : text + "\n";
    }

    @Test
    void everyAnswerIsJson() throws Exception {
        Golden.resource("server-messages.txt").sections().values().stream()
                .filter(content -> content.startsWith("{"))
                .forEach(TinyJson::parse);
    }
}
