package io.carillon.undertow;

import io.carillon.protocol.Reply;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they go into a socket, head and body, on a connection that stays. The last is kept, as many clients are given the same, and its
 * head, as most answers differ in little else than their tag. Of one IO thread, which owns it.
 */
final class WholeAnswers {
    /** Bytes of the longest that is kept. */
    static final int LONGEST = 32 << 10;

    private final ByteBuffer kept = ByteBuffer.allocateDirect(LONGEST);
    private @Nullable Reply reply;
    private @Nullable AnswerHead head;

    /**
     * One to be written before the next is asked for.
     *
     * @param exchange any of this thread
     * @param fields of its head, beside the reply's own
     */
    ByteBuffer of(HttpServerExchange exchange, List<AnswerField> fields, Reply next) {
        AnswerHead known = head;
        String now = DateUtils.getCurrentDateTime(exchange);
        if (known == null || !known.fits(fields, next, now)) {
            known = new AnswerHead(fields, next, now);
            head = known;
            reply = null;
        }
        Reply last = reply;
        if (last != null && last.body() == next.body() && last.tag() == next.tag()) {
            return kept.rewind();
        }
        int most = known.most() + next.body().length;
        if (most > LONGEST) {
            return whole(known, next, ByteBuffer.allocate(most));
        }
        reply = next;
        return whole(known, next, kept.clear());
    }

    private static ByteBuffer whole(AnswerHead head, Reply reply, ByteBuffer to) {
        head.put(reply, to);
        return to.put(reply.body()).flip();
    }
}
