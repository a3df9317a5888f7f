package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;

/** A client of Socket.IO on a WebSocket: says who it is, asks for its room by the event "sub", and answers pings. */
final class SocketIoSubscriber extends WebSocketSubscriber {
    private final String channel;
    private final StringBuilder message = new StringBuilder();

    SocketIoSubscriber(Crowd crowd, int index, String path, String channel) {
        super(crowd, index, path);
        this.channel = channel;
    }

    @Override
    void open() {
        // Not ready before the server has acknowledged the room.
    }

    @Override
    public void data(byte[] in, int from, int to) {
        if (!wasReady() || to - from == 1) {
            message.append(new String(in, from, to - from, StandardCharsets.US_ASCII));
        } else {
            super.data(in, from, to);
        }
    }

    @Override
    public void end() {
        if (message.length() == 0) {
            return;
        }
        String said = message.toString();
        message.setLength(0);
        if (said.startsWith("0")) {
            text("40");
        } else if (said.startsWith("40")) {
            text("420[\"sub\",\"" + channel + "\"]");
        } else if (said.startsWith("430")) {
            isReady();
        } else if (said.equals("2")) {
            text("3");
        }
    }
}
