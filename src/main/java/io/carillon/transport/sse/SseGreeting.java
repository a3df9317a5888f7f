package io.carillon.transport.sse;

import io.carillon.core.Connection;
import io.carillon.core.Frame;
import io.carillon.core.Opening;
import io.carillon.core.Subscribed;
import io.carillon.protocol.SseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What a stream begins with: a comment, so that proxies and browsers see it open; when to come back; and the cursor, so that
 * a client that loses the stream before it has heard anything comes back to where it began, and not to a later now.
 */
final class SseGreeting implements Opening.Answers {
    static final SseGreeting INSTANCE = new SseGreeting();

    private SseGreeting() {}

    @Override
    public Frame welcome(Connection connection) {
        byte[] comment = SseEncoder.comment("connection " + connection.id()).bytes();
        byte[] retry =
                SseEncoder.retry(SseOutlet.retryMillis(), connection.cursor()).bytes();
        byte[] both = new byte[comment.length + retry.length];
        System.arraycopy(comment, 0, both, 0, comment.length);
        System.arraycopy(retry, 0, both, comment.length, retry.length);
        return new Frame.Bytes(both);
    }

    @Override
    public @Nullable Frame subscribed(Subscribed subscribed) {
        return null; // what was missed is said by a gap event
    }
}
