package io.carillon.bench.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * One thread's sockets: waits for them and lets each {@link Link} do what it can. All links share one buffer, which is theirs only
 * while they are called. Not safe for concurrent use.
 */
final class Loop implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final int EVENTS_BETWEEN = 16;
    private static final long ORIGIN = System.nanoTime();

    final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER);
    final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER);
    final byte[] bytes = new byte[BUFFER];

    private final Selector selector;
    private final Consumer<SelectionKey> action = this::act;
    private Runnable between = () -> {};
    private int events;
    private long reads;
    private long received;

    Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds of this process, never negative. */
    static long now() {
        return System.nanoTime() - ORIGIN;
    }

    /** When the bytes came that a link is told of: asked once for all that came at once. */
    long received() {
        return received;
    }

    /** How often something was read. */
    long reads() {
        return reads;
    }

    Selector selector() {
        return selector;
    }

    /** What is to be done now and then while many sockets are served: what is due must not wait for all of them. */
    void between(Runnable task) {
        between = task;
    }

    /** Serves what is ready, once; waits for it no longer than that. Below a millisecond it does not wait at all. */
    void turn(long nanos) {
        long millis = nanos / 1_000_000;
        try {
            if (millis <= 0) {
                selector.selectNow(action);
            } else {
                selector.select(action, millis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        between.run();
    }

    /** Serves whatever is ready, for so long. */
    void serve(long nanos) {
        for (long end = now() + nanos; now() < end; ) {
            turn(10_000_000);
        }
    }

    void read() {
        received = now();
        reads++;
    }

    private void act(SelectionKey key) {
        ((Link) key.attachment()).ready(key);
        if (++events % EVENTS_BETWEEN == 0) {
            between.run();
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
