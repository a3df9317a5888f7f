package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * A transport's way to write to one client: port of WebSocket, SSE and long-poll.
 *
 * <p>The hub calls {@link #write} and {@link #finish} from one thread at a time, and never while a write is under way.
 * {@link #abort} may come at any time from any thread. None of them may block; none is called with a lock held.
 */
public interface Outlet {

    /** The wire form of this client, fixed for its life. */
    Encoder encoder();

    /**
     * Starts a write. An exception counts as {@link Completion#failed}.
     *
     * @return true if it is done and the next may start: the completion hears nothing of it. If false, exactly one of the completion's
     *     methods follows, perhaps before this returns, unless the client goes
     */
    boolean write(Frame frame, Completion completion);

    /**
     * Says goodbye in the transport's way and ends the exchange. The last thing that is called, but for {@link #abort}.
     *
     * @param cursor for transports that tell it at the end; it knows nothing of a subscription that was added later and
     *     has not been written to
     * @param completion told once the exchange has ended: {@link Completion#finished} or {@link Completion#failed}
     */
    void finish(CloseReason reason, long cursor, Completion completion);

    /**
     * Where {@link #write} and {@link #finish} put aside what they are given: it is sent after them, by whoever has called them. Null if they
     * write at once.
     */
    default @Nullable Outbox outbox() {
        return null;
    }

    /** Ends the exchange without a word, because a write does not come back. Idempotent. */
    void abort(CloseReason reason);

    /**
     * Reads what the next {@link #write} will read of this outlet and of what lies behind it, and does nothing else. It is called of several
     * outlets in a row before the first of them is written to, so that the processor fetches their memory at the same time, not one
     * after the other (docs/adr/0024). Any thread, at any time: it takes no lock, and what it finds may be old.
     *
     * @return nothing that means anything; made of what was read, so that no compiler leaves that out
     */
    default int prefetch() {
        return 0;
    }
}
