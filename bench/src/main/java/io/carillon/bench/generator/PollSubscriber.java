package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;

/**
 * Polls on one connection that stays; each poll says where the one before has ended. That is the answer's {@code ETag}: the hub is
 * told its number as {@code last_id}, as its own client does; nchan its ETag and Last-Modified as a browser's cache does.
 */
final class PollSubscriber extends Subscriber {
    private static final byte[] ETAG = Head.name("ETag");
    private static final byte[] MODIFIED = Head.name("Last-Modified");

    private final boolean byNumber;
    private final byte[] poll = new byte[512];
    private int length;

    PollSubscriber(Crowd crowd, int index, String path, boolean byNumber) {
        super(crowd, index, path);
        this.byNumber = byNumber;
    }

    @Override
    String request() {
        return "";
    }

    @Override
    void connected() {
        super.connected();
        isReady();
    }

    @Override
    public void head(int status, byte[] in, int from, int to) {
        if (status != 200 && status != 304) {
            fail("status " + status);
            return;
        }
        length = 0;
        add("GET ").add(path);
        int etag = Head.field(in, from, to, ETAG);
        if (byNumber) {
            if (etag < 0) {
                fail("an answer without a cursor");
                return;
            }
            int number = etag;
            while (in[number] < '0' || in[number] > '9') {
                number++;
            }
            int end = number;
            while (in[end] >= '0' && in[end] <= '9') {
                end++;
            }
            add("&last_id=").add(in, number, end).add(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        } else {
            add(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            field("If-None-Match: ", in, etag);
            field("If-Modified-Since: ", in, Head.field(in, from, to, MODIFIED));
        }
        add("\r\n");
    }

    private void field(String name, byte[] in, int value) {
        if (value >= 0) {
            add(name).add(in, value, Head.end(in, value)).add("\r\n");
        }
    }

    @SuppressWarnings("deprecation") // copies the low bytes, and makes nothing
    private PollSubscriber add(String text) {
        text.getBytes(0, text.length(), poll, length);
        length += text.length();
        return this;
    }

    private PollSubscriber add(byte[] in, int from, int to) {
        System.arraycopy(in, from, poll, length, to - from);
        length += to - from;
        return this;
    }

    @Override
    public void end() {
        send(poll, length);
    }

    @Override
    public String toString() {
        return new String(poll, 0, length, StandardCharsets.US_ASCII);
    }
}
