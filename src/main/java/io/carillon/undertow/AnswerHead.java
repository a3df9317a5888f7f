package io.carillon.undertow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Reply;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The head of answers that differ only in their tag and their length: all else of it is made once. It has the fields that Undertow gives an answer on a
 * connection that stays. Immutable.
 */
final class AnswerHead {
    private static final byte[] LENGTH = bytes("Content-Length: ");
    private static final byte[] TAG = bytes("ETag: ");
    private static final byte[] END = {'\r', '\n'};

    /** Bytes that the fields that differ have at most: two numbers, and what stands around them. */
    private static final int MOST = 96;

    private final int status;
    private final String type;
    private final String date;
    private final List<AnswerField> fields;
    private final Map<String, String> own;
    private final byte[] start;

    /** @param fields of it, beside the reply's own */
    AnswerHead(List<AnswerField> fields, Reply reply, String date) {
        this.status = reply.status();
        this.type = reply.type();
        this.date = date;
        this.fields = List.copyOf(fields);
        this.own = reply.headers();
        HeaderMap headers = new HeaderMap();
        AnswerField.putAll(headers, fields, reply);
        headers.put(Headers.CONNECTION, "keep-alive");
        headers.put(Headers.DATE, date);
        if (reply.entityTag() != null) {
            headers.remove(Headers.ETAG);
        }
        this.start = bytes(start(headers));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private String start(HeaderMap headers) {
        StringBuilder text = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(StatusCodes.getReason(status))
                .append("\r\n");
        for (HeaderValues values : headers) {
            for (String value : values) {
                text.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
            }
        }
        return text.toString();
    }

    /** Whether it is that of this answer, too. */
    boolean fits(List<AnswerField> others, Reply reply, String now) {
        return status == reply.status()
                && type.equals(reply.type())
                && date.equals(now)
                && own.equals(reply.headers())
                && fields.equals(others);
    }

    /** Bytes that it has at most. */
    int most() {
        return start.length + MOST;
    }

    /** Writes the head of that reply, which {@link #fits}. */
    void put(Reply reply, ByteBuffer to) {
        to.put(start);
        String tag = reply.entityTag();
        if (tag != null) {
            put(tag, to.put(TAG));
            to.put(END);
        }
        put(Integer.toString(reply.body().length), to.put(LENGTH));
        to.put(END).put(END);
    }

    private static void put(String text, ByteBuffer to) {
        for (int i = 0; i < text.length(); i++) {
            to.put((byte) text.charAt(i));
        }
    }
}
