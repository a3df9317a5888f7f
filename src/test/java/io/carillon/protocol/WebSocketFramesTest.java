package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read back by the decoder of the test clients, which also reads what the containers send. */
class WebSocketFramesTest {

    @Test
    void theExampleOfTheRfc() {
        assertThat(WebSocketFrames.text("Hello")).containsExactly(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
    void everyLengthHasItsHead(int length) {
        String text = "x".repeat(length);
        byte[] frame = WebSocketFrames.text(text);
        assertThat(frame).hasSize(length + (length < 126 ? 2 : length < 65_536 ? 4 : 10));
        assertThat(decoded(frame)).containsExactly(text);
    }

    @Test
    void controlFramesAndSeveralInOneWrite() {
        byte[] all = WebSocketFrames.join(
                WebSocketFrames.text("ä"),
                WebSocketFrames.join(WebSocketFrames.ping(), WebSocketFrames.close(4001, "too slow")));
        assertThat(decoded(all)).containsExactly("ä", "ping 0", "close 4001 too slow");
        assertThat(WebSocketFrames.pong(new byte[] {7})).containsExactly(0x8a, 1, 7);
        assertThat(decoded(WebSocketFrames.closeBack(4444))).containsExactly("close 4444 ");
        assertThat(WebSocketFrames.closeBack(1005)).as("no code").containsExactly(0x88, 0);
    }

    private static List<String> decoded(byte[] bytes) {
        List<String> heard = new ArrayList<>();
        new FrameDecoder(new FrameDecoder.Sink() {
                    @Override
                    public void text(String message) {
                        heard.add(message);
                    }

                    @Override
                    public void ping(byte[] payload) {
                        heard.add("ping " + new String(payload, UTF_8).length());
                    }

                    @Override
                    public void close(int code, String reason) {
                        heard.add("close " + code + " " + reason);
                    }
                })
                .feed(ByteBuffer.wrap(bytes));
        return heard;
    }
}
