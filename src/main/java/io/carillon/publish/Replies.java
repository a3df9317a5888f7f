package io.carillon.publish;

import io.carillon.core.Appended;
import io.carillon.protocol.Reply;
import java.util.List;

/** The answers to requests to publish that JAX-RS has not seen. */
final class Replies {
    private Replies() {}

    static Reply of(Appended appended) {
        return Reply.json(Answers.CREATED, Answers.published(appended));
    }

    static Reply of(List<Appended> all) {
        return Reply.json(Answers.CREATED, Answers.published(all));
    }

    /** For what should never happen, and for a body that broke off, too; both are logged. */
    static Reply refusing(Throwable why) {
        return Reply.of(Problems.fault(why));
    }
}
