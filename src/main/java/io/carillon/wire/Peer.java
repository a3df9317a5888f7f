package io.carillon.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Who is at our end of a {@link Wire}. */
public interface Peer {
    /** The answer is on its way, and the wire takes arrays. Once, before anything is heard; does not block. */
    void begin();

    /**
     * Takes all that is in the buffer. By one thread at a time.
     *
     * @return what may block, to be run before more is heard; null if there is nothing of that kind
     */
    @Nullable
    Runnable hear(ByteBuffer bytes);

    /** The connection has ended, whoever has ended it. May come more than once, on any thread. */
    void gone();
}
