package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;

/** A WebSocket that only listens. */
class WebSocketSubscriber extends Subscriber implements Frames.Handler {
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int PONG = 10;

    private final Frames frames = new Frames(this);

    WebSocketSubscriber(Crowd crowd, int index, String path) {
        super(crowd, index, path);
    }

    @Override
    String request() {
        return String.join(
                "\r\n",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: Y2FyaWxsb24tYmVuY2gtMA==",
                "");
    }

    @Override
    public void head(int status, byte[] in, int from, int to) {
        if (status == 101) {
            open();
        } else {
            fail("status " + status);
        }
    }

    void open() {
        isReady();
    }

    @Override
    void upgraded(byte[] in, int from, int to) {
        frames.feed(in, from, to);
    }

    @Override
    public void data(byte[] in, int from, int to) {
        content(in, from, to);
    }

    @Override
    public void end() {
        // A message's end does not matter: its marker says all.
    }

    @Override
    public void ping(byte[] payload) {
        frame(PONG, payload);
    }

    @Override
    public void closed() {
        fail("closed by the server");
    }

    void text(String text) {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** At most 125 bytes; the mask is zero. */
    private void frame(int opcode, byte[] payload) {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) (FIN | opcode);
        frame[1] = (byte) (MASKED | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        send(frame, frame.length);
    }
}
