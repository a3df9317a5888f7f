package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the clients of the contract tests make of bytes, fed one at a time as a slow network would. */
class DecoderTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void aChunkedResponseAndTheOneAfterItComeApart() {
        HttpDecoder decoder = new HttpDecoder(new HttpSink());

        feed(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                        + "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno",
                decoder::feed);

        assertThat(seen).containsExactly("200", "a", "b", "c", "end", "404", "n", "o", "end");
    }

    @Test
    void anEventStreamIsReadAsTheStandardSays() {
        SseDecoder decoder = new SseDecoder(new EventSink());

        feed(": hello\n\nretry: 700\n\nid: 7\ndata: a\ndata: b\r\n\r\nevent: chat\ndata:x\n\nid: 8\n\n", decoder::feed);

        assertThat(seen).containsExactly("comment  hello", "retry 700", "7 message a\nb", "7 chat x");
    }

    @Test
    void framesOfAllLengthsAndFragmentsComeApart() {
        FrameDecoder decoder = new FrameDecoder(new FrameSink());
        String text300 = "x".repeat(300);
        ByteBuffer bytes = ByteBuffer.allocate(1000)
                .put(new byte[] {1, 1, 'a', (byte) 0x80, 1, 'b', (byte) 0x81, 126, 1, 44})
                .put(text300.getBytes(StandardCharsets.US_ASCII))
                .put(new byte[] {(byte) 0x89, 0, (byte) 0x88, 2, 0x0f, (byte) 0xa1})
                .flip();

        while (bytes.hasRemaining()) {
            decoder.feed(ByteBuffer.wrap(new byte[] {bytes.get()}));
        }

        assertThat(seen).containsExactly("text ab", "text " + text300, "ping", "close 4001");
    }

    @Test
    void jsonFieldsKeepTheirBytes() {
        JsonObject json = JsonObject.parse("{\"a\" : {\"b\":[1, \"]}\\\"\"]} ,\"c\":1.50,\"d\":\"\\u00e9\\n\"}");

        assertThat(json.raw("a")).isEqualTo("{\"b\":[1, \"]}\\\"\"]}");
        assertThat(json.raw("c")).isEqualTo("1.50");
        assertThat(json.text("d")).isEqualTo("é\n");
        assertThat(JsonScanner.compact(json.raw("a"))).isEqualTo("{\"b\":[1,\"]}\\\"\"]}");
        assertThatThrownBy(() -> JsonObject.parse("{\"a\":1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonObject.parse("{\"a\":1,\"a\":2}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerdictFindsWhatIsMissingTwiceOutOfOrderAndForeign() {
        Verdict verdict = Verdict.of(List.of(1L, 2L, 3L, 4L, 5L), List.of(1L, 3L, 2L, 3L, 9L));

        assertThat(verdict).isEqualTo(new Verdict(List.of(4L, 5L), List.of(3L), List.of(2L), List.of(9L)));
        assertThat(verdict.exact()).isFalse();
        assertThat(Verdict.of(List.of(1L, 2L), List.of(1L, 2L)).exact()).isTrue();
    }

    private static void feed(String text, java.util.function.Consumer<ByteBuffer> decoder) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            decoder.accept(ByteBuffer.wrap(new byte[] {b}));
        }
    }

    private final class HttpSink implements HttpDecoder.Sink {
        @Override
        public void head(int status, Map<String, String> headers) {
            seen.add("" + status);
        }

        @Override
        public void body(ByteBuffer piece) {
            seen.add(StandardCharsets.UTF_8.decode(piece).toString());
        }

        @Override
        public void end() {
            seen.add("end");
        }
    }

    private final class EventSink implements SseDecoder.Sink {
        @Override
        public void event(String id, String event, String data) {
            seen.add(id + " " + event + " " + data);
        }

        @Override
        public void comment(String text) {
            seen.add("comment " + text);
        }

        @Override
        public void retry(long millis) {
            seen.add("retry " + millis);
        }
    }

    private final class FrameSink implements FrameDecoder.Sink {
        @Override
        public void text(String message) {
            seen.add("text " + message);
        }

        @Override
        public void ping(byte[] payload) {
            seen.add("ping");
        }

        @Override
        public void close(int code, String reason) {
            seen.add("close " + code);
        }
    }
}
