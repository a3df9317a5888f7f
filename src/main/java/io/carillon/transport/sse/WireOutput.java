package io.carillon.transport.sse;

import io.carillon.transport.Output;
import io.carillon.wire.Peer;
import io.carillon.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A body on a connection that the server has given away: it ends with the connection, and the other way round. What is written before
 * the connection is there waits for it.
 *
 * <p>This object's monitor guards what waits, and whether it is over; it is not held while writing.
 */
final class WireOutput implements Output, Wire.Owner, Peer {
    private final Owner owner;
    private volatile @Nullable Wire wire;
    private volatile boolean last;
    private byte @Nullable [] waiting;
    private volatile boolean begun;
    private boolean aborted;
    private boolean ended;

    WireOutput(Owner owner) {
        this.owner = owner;
    }

    /** The connection; it is written to from {@link #begin} on. */
    Peer on(Wire given) {
        wire = given;
        return this;
    }

    @Override
    public void begin() {
        byte[] first;
        boolean over;
        synchronized (this) {
            begun = true;
            first = waiting;
            waiting = null;
            over = aborted;
        }
        if (over) {
            cut();
        } else if (first != null && push(first)) {
            sent();
        }
    }

    @Override
    public boolean write(byte[] array) {
        if (!begun) {
            synchronized (this) {
                if (!begun) {
                    waiting = array;
                    return false;
                }
            }
        }
        return push(array);
    }

    @Override
    public int prefetch() {
        Wire to = wire;
        return to == null ? 0 : to.prefetch();
    }

    private boolean push(byte[] array) {
        Wire to = wire;
        try {
            return to != null && to.write(array, this);
        } catch (IOException e) {
            lost(e);
            return false;
        }
    }

    @Override
    public void finish(byte @Nullable [] array) {
        last = true;
        if (array == null) {
            abort();
        } else if (write(array)) {
            sent();
        }
    }

    @Override
    public void abort() {
        synchronized (this) {
            aborted = true;
            if (!begun) {
                return;
            }
        }
        cut();
    }

    private void cut() {
        Wire to = wire;
        if (to != null) {
            to.cut();
        }
    }

    // ---- the connection's word ----

    @Override
    public void sent() {
        if (last) {
            cut();
        } else {
            owner.written();
        }
    }

    @Override
    public void lost(IOException cause) {
        cut();
        owner.lost(cause);
    }

    /** Who listens has nothing to say. */
    @Override
    public @Nullable Runnable hear(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return null;
    }

    @Override
    public void gone() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        if (!last) {
            owner.lost(new ClosedChannelException());
        }
        owner.ended();
    }
}
