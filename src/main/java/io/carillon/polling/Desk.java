package io.carillon.polling;

import io.carillon.protocol.Reply;
import io.carillon.wire.LineReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;

/** What the polls of one {@link LineReader} share. Of its thread, but for {@link #outbox}. */
final class Desk {
    /** Of RFC 9110, 5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final LineReader reader;
    private final IoThreadOutbox outbox;
    private final WholeAnswers answers = new WholeAnswers();
    private long second;
    private String date = "";

    Desk(ThreadFactory factory, int number) {
        this.reader = new LineReader(factory, "carillon-polls-" + number);
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
            date = DATE.format(Instant.ofEpochSecond(now));
        }
        return answers.of(fields, reply, date, status -> "");
    }
}
