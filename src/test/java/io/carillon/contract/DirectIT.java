package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.carillon.client.FrameEncoder;
import io.carillon.client.RawClient;
import io.carillon.client.Requests;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Sockets that the hub keeps itself, as a client sees them that knows RFC 6455 by heart. All else about them is in the contracts. */
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
    void theHubKeepsThem() throws IOException {
        try (RawClient client = RawClient.webSocket(target(), List.of(freshChannel()))) {
            assertThat(client.head())
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455, 1.3
        }
        try (RawSocket raw = new RawSocket(target()).open(freshChannel())) {
            raw.send(FrameEncoder.frame(3, new byte[0]));
            raw.awaitText("opcode 3 means nothing"); // in these words no server says it
        }
    }

    @Test
    void whatComesRightBehindTheHandshakeIsHeard() throws IOException {
        assumeThat(Server.current())
                .as("Grizzly drops what comes with the handshake; RFC 6455, 4.1: a client has to wait for the answer")
                .isNotEqualTo(Server.PAYARA);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Requests.webSocket(target(), List.of(freshChannel()), null));
        all.writeBytes(
                FrameEncoder.text("{\"type\":\"ping\",\"ref\":\"early\"}").array());
        try (RawSocket raw = new RawSocket(target())) {
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
        try (RawSocket raw = new RawSocket(target()).open(freshChannel())) {
            raw.send(FrameEncoder.frame(9, "are you there?".getBytes(StandardCharsets.US_ASCII)));
            byte[] pong = "\u008a\u000eare you there?".getBytes(StandardCharsets.ISO_8859_1);
            raw.await(pong);
        }
    }

    @Test
    void aClosingHandshakeGivesTheCodeBackAndEndsTheConnection() throws IOException {
        try (RawSocket raw = new RawSocket(target()).open(freshChannel())) {
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
                RawSocket raw = new RawSocket(target()).open(channel)) {
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
        try (RawSocket raw = new RawSocket(target()).open(freshChannel())) {
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
}
