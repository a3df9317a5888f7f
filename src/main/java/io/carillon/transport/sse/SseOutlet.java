package io.carillon.transport.sse;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.SseEncoder;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The hub's way to write to one event sink. */
final class SseOutlet implements Outlet, ServletEventSink.Listener {
    /** Clients come back within this after the server says that it goes down, spread evenly. */
    private static final int RETRY_MIN_MILLIS = 500;

    private static final int RETRY_SPREAD_MILLIS = 2500;

    private final ServletEventSink sink;
    private final SseEncoder encoder;
    private final HubBroadcaster broadcaster;
    private volatile @Nullable Completion completion;

    SseOutlet(ServletEventSink sink, SseEncoder encoder, HubBroadcaster broadcaster) {
        this.sink = sink;
        this.encoder = encoder;
        this.broadcaster = broadcaster;
        sink.listen(this);
    }

    @Override
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public boolean write(Frame frame, Completion completion) {
        if (this.completion != completion) { // a store that is not needed would cost more than the question
            this.completion = completion;
        }
        return sink.write(((Frame.Bytes) frame).bytes());
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        this.completion = completion;
        sink.finish(SseEncoder.bye(reason, retryMillis()).bytes());
    }

    @Override
    public void abort(CloseReason reason) {
        sink.abort();
    }

    @Override
    public int prefetch() {
        return sink.prefetch();
    }

    /** When to come back, in milliseconds: with jitter, so that a thousand clients do not return in one moment. */
    static int retryMillis() {
        return RETRY_MIN_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_SPREAD_MILLIS);
    }

    // ---- the sink's word ----

    @Override
    public void written() {
        Completion to = completion;
        if (to != null) {
            to.written();
        }
    }

    @Override
    public void lost(Throwable cause) {
        Completion to = completion;
        if (to != null) {
            to.failed(cause);
        }
        broadcaster.lost(sink, cause);
    }

    @Override
    public void ended() {
        Completion to = completion;
        if (to != null) {
            to.finished();
        }
        broadcaster.ended(sink);
    }
}
