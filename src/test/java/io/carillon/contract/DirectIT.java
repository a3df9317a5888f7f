package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.FrameEncoder;
import io.carillon.client.RawClient;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Sockets that the hub keeps itself, as a client sees them that knows RFC 6455 by heart. All else about them is in the contracts. */
@EnabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "wildfly",
        disabledReason = "there is Undertow on WildFly only")
class DirectIT extends ContractIT implements Contract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.atRoot();
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    @Test
    void theHubKeepsThem() {
        try (RawClient client = RawClient.webSocket(target(), List.of(freshChannel()))) {
            assertThat(client.head())
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455, 1.3
        }
    }

    @Test
    void whatComesRightBehindTheHandshakeIsHeard() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Requests.webSocket(target(), List.of(freshChannel()), null));
        all.writeBytes(
                FrameEncoder.text("{\"type\":\"ping\",\"ref\":\"early\"}").array());
        try (Raw raw = new Raw(target())) {
            raw.send(trimmed(all.toByteArray()));
            raw.awaitText("\"early\"");
        }
    }

    /** The encoder's arrays have room to spare. */
    private static byte[] trimmed(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    @Test
    void aPingIsAnsweredWithItsPayload() throws IOException {
        try (Raw raw = new Raw(target()).open(freshChannel())) {
            raw.send(FrameEncoder.frame(9, "are you there?".getBytes(StandardCharsets.US_ASCII)));
            byte[] pong = "\u008a\u000eare you there?".getBytes(StandardCharsets.ISO_8859_1);
            raw.await(pong);
        }
    }

    @Test
    void aClosingHandshakeGivesTheCodeBackAndEndsTheConnection() throws IOException {
        try (Raw raw = new Raw(target()).open(freshChannel())) {
            raw.send(FrameEncoder.close(4321));
            raw.await(new byte[] {(byte) 0x88, 2, (byte) (4321 >> 8), (byte) 4321});
            raw.awaitEnd();
        }
    }

    @Test
    void whatTheProtocolForbidsIsClosedWithItsCode() throws IOException {
        closesWith(1002, FrameEncoder.frame(3, new byte[0]));
        closesWith(1007, FrameEncoder.frame(FrameEncoder.TEXT, new byte[] {(byte) 0xff}));
    }

    private void closesWith(int code, ByteBuffer frame) throws IOException {
        String channel = freshChannel();
        try (Bystanders bystanders = new Bystanders(target(), freshChannel());
                Raw raw = new Raw(target()).open(channel)) {
            raw.send(frame);
            raw.await(new byte[] {(byte) (code >> 8), (byte) code});
            raw.awaitEnd(); // though we do not answer
            bystanders.publish();
            assertThat(Expect.until(Duration.ofSeconds(5), () -> present(channel) == 0))
                    .isTrue();
        }
    }

    @Test
    void aMessageInPiecesWithAPingBetweenThemIsHeard() throws IOException {
        try (Raw raw = new Raw(target()).open(freshChannel())) {
            raw.send(notFinal(FrameEncoder.frame(FrameEncoder.TEXT, ascii("{\"type\":\"ping\","))));
            raw.send(FrameEncoder.frame(9, new byte[0]));
            raw.send(FrameEncoder.frame(0, ascii("\"ref\":\"pieces\"}")));
            raw.awaitText("\"pieces\"");
        }
    }

    /** More follows. */
    private static ByteBuffer notFinal(ByteBuffer frame) {
        return frame.put(0, (byte) (frame.get(0) & 0x7f));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sees bytes. */
    private static final class Raw implements AutoCloseable {
        private final Target target;
        private final Socket socket;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Raw(Target target) throws IOException {
            this.target = target;
            this.socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
            socket.setSoTimeout(10_000);
        }

        Raw open(String channel) throws IOException {
            send(Requests.webSocket(target, List.of(channel), null));
            awaitText("\"subscribed\"");
            return this;
        }

        void send(ByteBuffer frame) throws IOException {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            send(bytes);
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        void awaitText(String text) throws IOException {
            await(ascii(text));
        }

        void await(byte[] bytes) throws IOException {
            String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
            byte[] some = new byte[4096];
            while (!heard.toString(StandardCharsets.ISO_8859_1).contains(wanted)) {
                int count = socket.getInputStream().read(some);
                assertThat(count)
                        .as("%s, and then the end, before %s", heard, wanted)
                        .isPositive();
                heard.write(some, 0, count);
            }
        }

        void awaitEnd() throws IOException {
            byte[] some = new byte[4096];
            int count;
            while ((count = socket.getInputStream().read(some)) >= 0) {
                heard.write(some, 0, count);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
