package io.carillon.transport.longpoll;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.protocol.ProblemJson;
import io.carillon.protocol.Reply;
import io.carillon.transport.AsyncOutput;
import io.carillon.transport.Output;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** By an asynchronous servlet, on any server. */
final class ServletPollOutlet extends PollOutlet implements Output.Owner {
    private final HttpServletResponse response;
    private final AsyncOutput output;
    private volatile @Nullable Completion completion;

    /** On the request's thread. */
    ServletPollOutlet(AsyncContext context, AsyncOutput.Later later) throws IOException {
        this.response = (HttpServletResponse) context.getResponse();
        this.output = new AsyncOutput(context, this, later, false);
    }

    @Override
    protected void answer(Reply reply, Completion completion) {
        this.completion = completion;
        response.setStatus(reply.status());
        response.setContentType(reply.type());
        reply.fields(response::setHeader);
        response.setContentLength(reply.body().length);
        output.finish(reply.body());
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
