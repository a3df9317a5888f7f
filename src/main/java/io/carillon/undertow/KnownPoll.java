package io.carillon.undertow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.protocol.Cursors;
import io.carillon.transport.longpoll.PollQuery;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A poll, as its client has sent it, and what Undertow has read in it. Who polls sends the same again and again but for the cursor; where all
 * else is the same, byte for byte, so is what it means. Immutable.
 */
final class KnownPoll {
    /** Bytes of the longest head that is kept. */
    static final int LONGEST = 4096;

    /** No cursor of ours has more. */
    private static final int MOST_DIGITS = 16;

    private static final String SINCE = "since";
    private static final String LAST_ID = "last_id";
    private static final Pattern CURSOR = Pattern.compile("[?&](" + SINCE + '|' + LAST_ID + ")=([0-9]+)(?=&|$)");
    private static final String START = "GET ";
    private static final String END = "\r\n\r\n";

    /** Instead of a cursor. */
    static final long OTHER = -1;

    private final HttpServerExchange exchange;
    private final PollQuery query;
    private final String peer;
    private final ByteBuffer head;
    private final ByteBuffer tail;
    private final int from;

    private KnownPoll(byte[] head, HttpServerExchange exchange, PollQuery query, Matcher cursor) {
        this.exchange = exchange;
        this.query = query;
        this.peer = ExchangeArrival.peer(exchange);
        this.head = ByteBuffer.wrap(head);
        this.from = START.length() + cursor.start(2);
        int to = START.length() + cursor.end(2);
        this.tail = ByteBuffer.wrap(head, to, head.length - to).slice();
    }

    /**
     * Of one that Undertow has just read.
     *
     * @param head all that was read for it
     * @param query what it asks for
     * @return null if that is more than a head, or it is not clear where its cursor stands
     */
    static @Nullable KnownPoll of(byte[] head, HttpServerExchange exchange, PollQuery query) {
        String text = new String(head, ISO_8859_1);
        String target = exchange.getRequestURI() + '?' + exchange.getQueryString();
        Matcher cursor = CURSOR.matcher(target);
        return text.startsWith(START + target + " HTTP/1.1\r\n")
                        && text.indexOf(END) == text.length() - END.length()
                        && cursor.find()
                        && alone(exchange.getQueryParameters(), cursor.group(1), cursor.group(2))
                ? new KnownPoll(head, exchange, query, cursor)
                : null;
    }

    private static boolean alone(Map<String, Deque<String>> parameters, String name, String cursor) {
        Deque<String> values = parameters.get(name);
        return values != null
                && values.size() == 1
                && values.getFirst().equals(cursor)
                && !parameters.containsKey(name.equals(SINCE) ? LAST_ID : SINCE);
    }

    /** What Undertow has read. Its cursor is an old one, and it has been answered. */
    HttpServerExchange exchange() {
        return exchange;
    }

    /** What it asks for, from this cursor. */
    PollQuery query(long cursor) {
        return query.from(cursor);
    }

    /** As {@link ExchangeArrival#peer()}. */
    String peer() {
        return peer;
    }

    /** The cursor in the same poll; {@link #OTHER} if this is not the same, or not only this. */
    long cursor(ByteBuffer bytes) {
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
