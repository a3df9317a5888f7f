package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One publish request, made once and patched for each time that it is sent. */
final class Request {
    private static final String CHANNEL = "@CHANNEL@";
    private static final String MARKER = "@MARKER@";

    private final int channels;
    private final int stride;
    private final byte[] bytes;
    private final List<Integer> channelAt = new ArrayList<>();
    private final List<Integer> markerAt = new ArrayList<>();

    /**
     * @param size bytes of the data, at least those of a marker
     * @param batch publications in it; more than one only for the hub
     * @param stride from the channel of one of them to that of the next; 0: all go to one
     */
    Request(Target target, Channels channels, int size, int batch, int stride) {
        this.channels = channels.count();
        this.stride = stride;
        Dialect dialect = target.dialect();
        String channel = channels.prefix() + CHANNEL;
        String data = MARKER + "x".repeat(Math.max(0, size - Marker.LENGTH));
        String body = batch == 1 ? dialect.quote() + data + dialect.quote() : batch(channel, data, batch);
        int length = body.length()
                + (batch == 1 ? 1 : batch) * (Marker.LENGTH - MARKER.length())
                + (batch == 1 ? 0 : batch) * (Channels.DIGITS - CHANNEL.length());
        String text = "POST " + dialect.publish(batch).replace("{ch}", channel) + " HTTP/1.1\r\nHost: " + target.host()
                + "\r\nContent-Type: " + dialect.contentType() + "\r\nContent-Length: " + length + "\r\n\r\n" + body;
        bytes = filled(text).getBytes(StandardCharsets.US_ASCII);
    }

    private static String batch(String channel, String data, int batch) {
        StringBuilder body = new StringBuilder("{\"publications\":[");
        for (int i = 0; i < batch; i++) {
            body.append(i == 0 ? "" : ",").append("{\"channel\":\"").append(channel);
            body.append("\",\"data\":\"").append(data).append("\"}");
        }
        return body.append("]}").toString();
    }

    /** Puts room where the places are, and notes where that is. */
    private String filled(String text) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int next = text.indexOf('@'); next >= 0; next = text.indexOf('@', at)) {
            filled.append(text, at, next);
            boolean marker = text.startsWith(MARKER, next);
            (marker ? markerAt : channelAt).add(filled.length());
            filled.append("0".repeat(marker ? Marker.LENGTH : Channels.DIGITS));
            at = next + (marker ? MARKER : CHANNEL).length();
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** Publications in one. */
    int batch() {
        return markerAt.size();
    }

    /**
     * The bytes to be sent, valid until the next call.
     *
     * @param channel of the first publication
     * @param published how many each channel has had; counted on
     */
    byte[] patched(int channel, long time, int[] published) {
        for (int i = 0; i < markerAt.size(); i++) {
            int to = (channel + i * stride) % channels;
            decimal(channelAt.get(i), to);
            Marker.write(bytes, markerAt.get(i), time, published[to]++, to);
        }
        return bytes;
    }

    private void decimal(int at, int value) {
        int rest = value;
        for (int i = at + Channels.DIGITS - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
