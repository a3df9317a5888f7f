package io.carillon.polling;

import io.carillon.protocol.Reply;
import io.carillon.wire.HttpDate;
import io.carillon.wire.LineReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** What the polls of one {@link LineReader} share. Of its thread, but for {@link #outbox}. */
final class Desk {
    private final LineReader reader;
    private final IoThreadOutbox outbox;
    private final WholeAnswers answers = new WholeAnswers();
    private long second;
    private String date = "";

    Desk(int number) {
        this.reader = new LineReader("carillon-polls-" + number);
        this.outbox = new IoThreadOutbox(reader);
    }

    LineReader reader() {
        return reader;
    }

    IoThreadOutbox outbox() {
        return outbox;
    }

    /** As {@link WholeAnswers#of}; the status goes without a reason. */
    ByteBuffer answer(List<AnswerField> fields, Reply reply) {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            date = HttpDate.of(Instant.ofEpochSecond(now));
        }
        return answers.of(fields, reply, date, status -> "");
    }
}
