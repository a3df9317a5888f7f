package io.carillon.transport.longpoll;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.PollEncoder;
import io.carillon.protocol.ProblemJson;
import io.carillon.transport.AsyncOutput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The hub's way to answer one held poll: a single response, whose end is the connection's end. */
final class PollOutlet implements Outlet, AsyncOutput.Owner {
    private final HttpServletResponse response;
    private final AsyncOutput output;
    private volatile @Nullable Completion completion;

    /** On the request's thread. */
    PollOutlet(AsyncContext context, AsyncOutput.Later later) throws IOException {
        this.response = (HttpServletResponse) context.getResponse();
        this.output = new AsyncOutput(context, this, later, false);
    }

    @Override
    public Encoder encoder() {
        return PollEncoder.INSTANCE;
    }

    /** The hub never writes a second time: this write's completion is not told to it, the end is. */
    @Override
    public void write(Frame frame, Completion completion) {
        answer(((Frame.Bytes) frame).bytes(), frame.lastId(), completion);
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        Frame.Bytes body =
                reason.equals(CloseReason.DONE) ? PollEncoder.timeout(cursor) : PollEncoder.bye(reason, cursor);
        answer(body.bytes(), cursor, completion);
    }

    private void answer(byte[] body, long cursor, Completion completion) {
        this.completion = completion;
        response.setHeader("ETag", '"' + Long.toString(cursor) + '"');
        response.setContentLength(body.length);
        output.finish(body);
    }

    @Override
    public void abort(CloseReason reason) {
        output.abort();
    }

    // ---- the output's word ----

    @Override
    public void written() {
        // Only the end counts.
    }

    @Override
    public void lost(Throwable cause) {
        Completion to = completion;
        if (to != null) {
            to.failed(cause);
        }
    }

    @Override
    public void ended() {
        Completion to = completion;
        if (to != null) {
            to.finished();
        }
    }

    /** Else the container sends what looks like an answer: 200 and no body. */
    @Override
    public void cut() {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", String.valueOf(ProblemJson.RETRY_AFTER));
        }
    }
}
