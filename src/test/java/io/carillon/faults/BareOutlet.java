package io.carillon.faults;

import com.sun.net.httpserver.HttpExchange;
import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.PollEncoder;
import io.carillon.protocol.SseEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands what the hub writes to the thread of its request, which may block. */
final class BareOutlet implements Outlet {
    private record Step(Frame.Bytes frame, Completion completion, boolean last) {}

    private final Encoder encoder;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    BareOutlet(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public boolean write(Frame frame, Completion completion) {
        steps.add(new Step((Frame.Bytes) frame, completion, false));
        return false;
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        Frame.Bytes goodbye = encoder instanceof SseEncoder
                ? SseEncoder.bye(reason, 100)
                : reason.equals(CloseReason.DONE) ? PollEncoder.timeout(cursor) : PollEncoder.bye(reason, cursor);
        steps.add(new Step(goodbye, completion, true));
    }

    @Override
    public void abort(CloseReason reason) {
        steps.add(new Step(new Frame.Bytes(new byte[0]), new Nobody(), true));
    }

    /** On the request's thread: an SSE stream, until its end. */
    void stream(OutputStream out) throws IOException {
        for (Step step = take(); ; step = take()) {
            try {
                out.write(step.frame.bytes());
                out.flush();
            } catch (IOException e) {
                step.completion.failed(e);
                throw e;
            }
            if (step.last) {
                step.completion.finished();
                return;
            }
            step.completion.written();
        }
    }

    /** On the request's thread: the one answer of a poll. */
    void answer(HttpExchange exchange) throws IOException {
        Step step = take();
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, step.frame.bytes().length == 0 ? -1 : step.frame.bytes().length);
            exchange.getResponseBody().write(step.frame.bytes());
            exchange.close();
            step.completion.finished();
        } catch (IOException e) {
            step.completion.failed(e);
            throw e;
        }
    }

    private Step take() {
        try {
            return steps.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who has aborted is told nothing. */
    private static final class Nobody implements Completion {
        @Override
        public void written() {}

        @Override
        public void failed(Throwable cause) {}

        @Override
        public void finished() {}
    }
}
