package io.carillon.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as a stream that does not wait for ever: the HTTP client has no timeout for a body. One thread reads; what
 * the client's threads bring waits in a queue of one, and the next is asked for when that is read.
 */
final class Chunks extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
    /** What comes in order: bytes, or the end. */
    private record Item(
            List<ByteBuffer> bytes, boolean end, @Nullable Throwable failure) {}

    private final Duration silence;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(4);
    private volatile Flow.@Nullable Subscription upstream;
    private Item current = new Item(List.of(), false, null);
    private int next;

    /** @param silence a read fails when nothing has come for that long */
    Chunks(Duration silence) {
        this.silence = silence;
    }

    // ---- the HTTP client's threads ----

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        items.add(new Item(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        items.add(new Item(List.of(), true, null));
    }

    // ---- the reader ----

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int n = Math.min(length, from.remaining());
        from.get(to, offset, n);
        return n;
    }

    /** The buffer with the next bytes; null at the end. */
    private @Nullable ByteBuffer fill() throws IOException {
        while (true) {
            while (next < current.bytes.size()) {
                ByteBuffer buffer = current.bytes.get(next);
                if (buffer.hasRemaining()) {
                    return buffer;
                }
                next++;
            }
            if (current.end) {
                if (current.failure != null) {
                    throw new IOException("the stream broke", current.failure);
                }
                return null;
            }
            if (!current.bytes.isEmpty() && upstream != null) {
                upstream.request(1);
            }
            current = take();
            next = 0;
        }
    }

    private Item take() throws IOException {
        try {
            Item item = items.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (item == null) {
                throw new SocketTimeoutException("nothing for " + silence.toSeconds() + " s, not even a heartbeat");
            }
            return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Lets the connection go. */
    @Override
    public void close() {
        Flow.Subscription from = upstream;
        if (from != null) {
            from.cancel();
        }
    }
}
