package io.carillon.bench.core;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.SseEncoder;

/**
 * A client that is not there.
 *
 * @param written whether a write is through at once, or never
 */
record NoOutlet(boolean written) implements Outlet {
    @Override
    public Encoder encoder() {
        return SseEncoder.PLAIN;
    }

    @Override
    public boolean write(Frame frame, Completion completion) {
        return written;
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        completion.finished();
    }

    @Override
    public void abort(CloseReason reason) {}
}
