package io.carillon.polling;

import io.carillon.protocol.Reply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they go into a socket, head and body, on a connection that stays. The last is kept, as many clients are given the same, and its
 * head, as most answers differ in little else than their tag. Of one thread, which owns it.
 */
public final class WholeAnswers {
    /** Bytes of the longest that is kept. */
    public static final int LONGEST = 32 << 10;

    private final ByteBuffer kept = ByteBuffer.allocateDirect(LONGEST);
    private @Nullable Reply reply;
    private @Nullable AnswerHead head;

    /**
     * One to be written before the next is asked for.
     *
     * @param fields of its head, beside the reply's own
     * @param now the date, as it stands in a head
     * @param reason for the status, as {@link AnswerHead} has it
     */
    public ByteBuffer of(List<AnswerField> fields, Reply next, String now, IntFunction<String> reason) {
        AnswerHead known = head;
        if (known == null || !known.fits(fields, next, now)) {
            known = new AnswerHead(fields, next, now, reason.apply(next.status()));
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
