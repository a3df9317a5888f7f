package io.carillon.undertow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Reply;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The head of answers that differ only in their length and in the values of their reply's own fields: all else of it is made once. It has the fields that Undertow
 * gives an answer on a connection that stays, the reply's own last. Immutable.
 */
final class AnswerHead {
    private static final byte[] LENGTH = bytes("Content-Length: ");
    private static final byte[] END = {'\r', '\n'};
    private static final int MOST_DIGITS = 10;

    private final int status;
    private final String type;
    private final String date;
    private final List<AnswerField> fields;
    private final Map<String, byte[]> names;
    private final byte[] start;

    /** @param fields of it, beside the reply's own */
    AnswerHead(List<AnswerField> fields, Reply reply, String date) {
        this.status = reply.status();
        this.type = reply.type();
        this.date = date;
        this.fields = List.copyOf(fields);
        HeaderMap headers = new HeaderMap();
        AnswerField.putAll(headers, fields, reply);
        headers.put(Headers.CONNECTION, "keep-alive");
        headers.put(Headers.DATE, date);
        this.names = reply.headers().keySet().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> bytes(taken(headers, name) + ": ")));
        this.start = bytes(start(headers));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Takes a field out; returns its name as the first to set it wrote it, as Undertow does. */
    private static HttpString taken(HeaderMap headers, String name) {
        HttpString own = FieldNames.of(name);
        HttpString written = headers.get(own).getHeaderName();
        headers.remove(own);
        return written;
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
                && fields.equals(others)
                && names.keySet().equals(reply.headers().keySet());
    }

    /** Bytes that it has at most with the reply. */
    int most(Reply reply) {
        int own = LENGTH.length + MOST_DIGITS + 2 * END.length;
        for (var header : reply.headers().entrySet()) {
            own += header.getKey().length() + 2 + header.getValue().length() + END.length;
        }
        return start.length + own;
    }

    /** Writes the head of that reply, which {@link #fits}. */
    void put(Reply reply, ByteBuffer to) {
        to.put(start);
        reply.headers().forEach((name, value) -> {
            put(value, to.put(Objects.requireNonNull(names.get(name))));
            to.put(END);
        });
        put(Integer.toString(reply.body().length), to.put(LENGTH));
        to.put(END).put(END);
    }

    private static void put(String text, ByteBuffer to) {
        for (int i = 0; i < text.length(); i++) {
            to.put((byte) text.charAt(i));
        }
    }
}
