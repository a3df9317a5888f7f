package io.carillon.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Grizzly's. What goes in the clear goes straight into the socket; what it does not take at once, and what has to be
 * encrypted, goes by Grizzly's own asynchronous writes.
 */
final class GrizzlyWire implements Wire {
    private final NIOConnection connection;

    /** Until the first write. */
    private byte @Nullable [] head;

    /** Null if it is not for us. */
    private final @Nullable SocketChannel plain;

    /**
     * When what the server writes itself is written.
     *
     * @param head goes ahead of the first array
     */
    GrizzlyWire(NIOConnection connection, byte[] head) {
        this.connection = connection;
        this.head = head;
        this.plain = connection.getChannel() instanceof SocketChannel channel
                        && SSLUtils.getSSLEngine(connection) == null
                        && connection.getAsyncWriteQueue().size() == 0
                ? channel
                : null;
    }

    @Override
    public boolean write(byte[] bytes, Owner owner) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(withHead(bytes));
        if (plain != null && Sockets.took(plain, rest)) {
            return true;
        }
        connection.write(Buffers.wrap(connection.getMemoryManager(), rest), new Word(owner));
        return false;
    }

    private byte[] withHead(byte[] bytes) {
        byte[] before = head;
        head = null;
        if (before == null || before.length == 0) {
            return bytes;
        }
        byte[] both = Arrays.copyOf(before, before.length + bytes.length);
        System.arraycopy(bytes, 0, both, before.length, bytes.length);
        return both;
    }

    @Override
    public int prefetch() {
        return Sockets.prefetch(plain);
    }

    @Override
    public void cut() {
        connection.terminateSilently();
    }

    private static final class Word extends EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>> {
        private final Owner owner;

        Word(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void completed(WriteResult<Buffer, SocketAddress> result) {
            owner.sent();
        }

        @Override
        public void cancelled() {
            owner.lost(new IOException("the write was cancelled"));
        }

        @Override
        public void failed(Throwable cause) {
            owner.lost(cause instanceof IOException broken ? broken : new IOException(cause));
        }
    }
}
