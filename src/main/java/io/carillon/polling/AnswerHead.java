package io.carillon.polling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of answers that differ only in their tag and their length: all else of it is made once. It is that of an answer on a connection that
 * stays. Immutable.
 */
public final class AnswerHead {
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

    /**
     * That of this reply, and of others that differ from it in their tag and their body only.
     *
     * @param fields of it, beside the reply's own
     * @param date the field {@code Date} (RFC 9110, 6.6.1)
     * @param reason for people, who read it behind the status; may be empty (RFC 9112, 4)
     */
    public AnswerHead(List<AnswerField> fields, Reply reply, String date, String reason) {
        this.status = reply.status();
        this.type = reply.type();
        this.date = date;
        this.fields = List.copyOf(fields);
        this.own = reply.headers();
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach(field -> put(field, all));
        put(new AnswerField("Content-Type", type, true), all);
        own.forEach((name, value) -> put(new AnswerField(name, value, true), all));
        put(new AnswerField("Date", date, true), all);
        StringBuilder text = new StringBuilder(512).append("HTTP/1.1 ").append(status);
        text.append(' ').append(reason).append("\r\n");
        all.forEach((name, values) -> values.forEach(
                value -> text.append(name).append(": ").append(value).append("\r\n")));
        this.start = bytes(text.toString());
    }

    private static void put(AnswerField field, Map<String, List<String>> all) {
        List<String> values = all.computeIfAbsent(field.name(), name -> new ArrayList<>());
        if (field.alone()) {
            values.clear();
        }
        values.add(field.value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Whether it is that of this answer, too. */
    public boolean fits(List<AnswerField> others, Reply reply, String now) {
        return status == reply.status()
                && type.equals(reply.type())
                && date.equals(now)
                && own.equals(reply.headers())
                && fields.equals(others);
    }

    /** Bytes that it has at most. */
    public int most() {
        return start.length + MOST;
    }

    /** Writes the head of that reply, which {@link #fits}. */
    public void put(Reply reply, ByteBuffer to) {
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
