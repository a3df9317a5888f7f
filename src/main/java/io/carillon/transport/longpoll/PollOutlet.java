package io.carillon.transport.longpoll;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.PollEncoder;
import io.carillon.protocol.Reply;

/** The hub's way to answer one held poll: a single response, whose end is the connection's end. */
public abstract class PollOutlet implements Outlet {
    @Override
    public final Encoder encoder() {
        return PollEncoder.INSTANCE;
    }

    /** The hub never writes a second time: this write's completion is not told to it, the end is. */
    @Override
    public final boolean write(Frame frame, Completion completion) {
        answer((Frame.Bytes) frame, frame.lastId(), completion);
        return false;
    }

    @Override
    public final void finish(CloseReason reason, long cursor, Completion completion) {
        boolean inTime = reason.equals(CloseReason.DONE);
        answer(inTime ? PollEncoder.timeout(cursor) : PollEncoder.bye(reason, cursor), cursor, completion);
    }

    private void answer(Frame.Bytes body, long cursor, Completion completion) {
        answer(Reply.upTo(cursor, body.bytes()), completion);
    }

    /**
     * Writes the answer, without blocking. Once, from any thread.
     *
     * @param completion told how the exchange has ended: {@link Completion#finished} or {@link Completion#failed}
     */
    protected abstract void answer(Reply reply, Completion completion);
}
