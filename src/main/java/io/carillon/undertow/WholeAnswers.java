package io.carillon.undertow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Reply;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they go into a socket, head and body, the same that Undertow makes of them on a connection that stays. The last is kept, as
 * many clients are given the same. Of one IO thread, which owns it.
 */
final class WholeAnswers {
    /** Bytes of the longest that is kept. */
    static final int LONGEST = 32 << 10;

    private final ByteBuffer kept = ByteBuffer.allocateDirect(LONGEST);
    private @Nullable Reply reply;
    private List<AnswerField> fields = List.of();
    private String date = "";

    /**
     * One to be written before the next is asked for.
     *
     * @param exchange any of this thread
     * @param fields of its head, beside the reply's own
     */
    ByteBuffer of(HttpServerExchange exchange, List<AnswerField> fields, Reply reply) {
        String now = DateUtils.getCurrentDateTime(exchange);
        if (same(fields, reply, now)) {
            return kept.rewind();
        }
        byte[] head = head(fields, reply, now).getBytes(ISO_8859_1);
        byte[] body = reply.body();
        if (head.length + body.length > LONGEST) {
            return ByteBuffer.allocate(head.length + body.length)
                    .put(head)
                    .put(body)
                    .flip();
        }
        this.reply = reply;
        this.fields = List.copyOf(fields);
        this.date = now;
        return kept.clear().put(head).put(body).flip();
    }

    private boolean same(List<AnswerField> otherFields, Reply other, String now) {
        Reply last = reply;
        return last != null
                && last.body() == other.body()
                && last.status() == other.status()
                && last.type().equals(other.type())
                && last.headers().equals(other.headers())
                && fields.equals(otherFields)
                && date.equals(now);
    }

    private static String head(List<AnswerField> fields, Reply reply, String date) {
        HeaderMap headers = new HeaderMap();
        AnswerField.putAll(headers, fields, reply);
        headers.put(Headers.CONTENT_LENGTH, reply.body().length);
        headers.put(Headers.CONNECTION, "keep-alive");
        headers.put(Headers.DATE, date);
        StringBuilder head = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(reply.status())
                .append(' ')
                .append(StatusCodes.getReason(reply.status()))
                .append("\r\n");
        for (HeaderValues values : headers) {
            for (String value : values) {
                head.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
            }
        }
        return head.append("\r\n").toString();
    }
}
