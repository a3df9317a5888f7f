package io.carillon.publish;

import io.carillon.auth.Visitor;
import io.carillon.core.Appended;
import io.carillon.core.Receipt;
import io.carillon.protocol.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what has come whole, by a thread that must not wait: neither for the rest of a body nor for the log. The answers are those of
 * {@link ShortWay}, which leaves it in the servlet context, under its class' name. Safe for concurrent use.
 */
public final class PromptPublisher {
    /** Bytes of the longest body that is worth a place on such a thread, which others wait for. */
    public static final int LONGEST = 64 << 10;

    private final Publisher publisher;

    PromptPublisher(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Publishes, and gives the answer away once: before this returns, or later on some other thread, which must not be held up.
     *
     * @param headers the first of a name, or null
     */
    public void publish(
            Visitor visitor,
            PlainAddress address,
            Function<String, @Nullable String> headers,
            byte[] data,
            Consumer<Reply> answer) {
        Body body = new Body(
                new ByteArrayInputStream(data), headers.apply("Content-Type"), headers.apply("Content-Length"));
        try {
            String channel = address.channel();
            if (channel == null) {
                publisher.all(visitor, body, new Answering(answer, Replies::of));
            } else {
                publisher.one(
                        visitor,
                        channel,
                        ShortWay.attributes(headers),
                        body,
                        new Answering(answer, all -> Replies.of(all.get(0))));
            }
        } catch (Exception e) {
            answer.accept(Replies.refusing(e));
        }
    }

    /** The answer to one whose body broke off. */
    public Reply broken(IOException why) {
        return Replies.refusing(why);
    }

    private record Answering(Consumer<Reply> to, Function<List<Appended>, Reply> how) implements Receipt {
        @Override
        public void stored(List<Appended> answers) {
            to.accept(how.apply(answers));
        }

        @Override
        public void failed(RuntimeException why) {
            to.accept(Replies.refusing(why));
        }
    }
}
