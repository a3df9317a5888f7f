package io.carillon.polling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Cursors;
import io.carillon.transport.longpoll.PollQuery;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A poll, as its client has sent it, and what the server has read in it. Who polls sends the same again and again but for the cursor; where all
 * else is the same, byte for byte, so is what it means (docs/adr/0028). Immutable.
 *
 * @param <R> what the server has read
 */
public final class KnownPoll<R> {
    /** Bytes of the longest head that is kept. */
    public static final int LONGEST = 4096;

    /** No cursor of ours has more. */
    private static final int MOST_DIGITS = 16;

    private static final String SINCE = "since";
    private static final String LAST_ID = "last_id";
    private static final Pattern CURSOR = Pattern.compile("[?&](" + SINCE + '|' + LAST_ID + ")=([0-9]+)(?=&|$)");
    private static final String START = "GET ";
    private static final String END = "\r\n\r\n";

    /** Instead of a cursor. */
    public static final long OTHER = -1;

    private final R request;
    private final PollQuery query;
    private final ByteBuffer head;
    private final ByteBuffer tail;
    private final int from;

    private KnownPoll(byte[] head, PollQuery query, Matcher cursor, R request) {
        this.request = request;
        this.query = query;
        this.head = ByteBuffer.wrap(head);
        this.from = START.length() + cursor.start(2);
        int to = START.length() + cursor.end(2);
        this.tail = ByteBuffer.wrap(head, to, head.length - to).slice();
    }

    /**
     * Of one that the server has just read.
     *
     * @param head all that was read for it
     * @param target its path and its query, as they were sent
     * @param parameters the values of a parameter, or null
     * @param query what it asks for
     * @return null if that is longer than is kept, or more than a head, or it is not clear where its cursor stands
     */
    public static <R> @Nullable KnownPoll<R> of(
            byte[] head,
            String target,
            Function<String, @Nullable Collection<String>> parameters,
            PollQuery query,
            R request) {
        if (head.length > LONGEST) {
            return null;
        }
        String text = new String(head, ISO_8859_1);
        Matcher cursor = CURSOR.matcher(target);
        return text.startsWith(START + target + " HTTP/1.1\r\n")
                        && text.indexOf(END) == text.length() - END.length()
                        && cursor.find()
                        && alone(parameters, cursor.group(1), cursor.group(2))
                ? new KnownPoll<>(head, query, cursor, request)
                : null;
    }

    private static boolean alone(
            Function<String, @Nullable Collection<String>> parameters, String name, String cursor) {
        Collection<String> values = parameters.apply(name);
        return values != null
                && values.size() == 1
                && values.contains(cursor)
                && parameters.apply(name.equals(SINCE) ? LAST_ID : SINCE) == null;
    }

    /** What the server has read. Its cursor is an old one, and it has been answered. */
    public R request() {
        return request;
    }

    /** What it asks for, from this cursor. */
    public PollQuery query(long cursor) {
        return query.from(cursor);
    }

    /** The cursor in the same poll; {@link #OTHER} if this is not the same, or not only this. */
    public long cursor(ByteBuffer bytes) {
        int start = bytes.position();
        int length = bytes.remaining();
        int differs = bytes.mismatch(head);
        if (differs >= 0 && differs < from) {
            return OTHER;
        }
        long cursor = 0;
        int to = from;
        while (to < length && digit(bytes.get(start + to))) {
            if (to - from == MOST_DIGITS) {
                return OTHER;
            }
            cursor = cursor * 10 + (bytes.get(start + to) - '0');
            to++;
        }
        boolean same = to > from && bytes.slice(start + to, length - to).equals(tail);
        return same ? Math.min(cursor, Cursors.MAX) : OTHER;
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
