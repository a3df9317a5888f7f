package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Requests;
import io.carillon.client.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A WebSocket of which one sees the bytes. */
final class RawSocket implements AutoCloseable {
    private final Target target;
    private final Socket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    RawSocket(Target target) throws IOException {
        this.target = target;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
        socket.setSoTimeout(10_000);
    }

    RawSocket open(String channel) throws IOException {
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
        await(text.getBytes(StandardCharsets.US_ASCII));
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

    /** All so far, a character for each byte. */
    String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
