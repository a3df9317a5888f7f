package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Tomcat's. What goes in the clear goes straight into the socket; what it does not take at once, and what has to be
 * encrypted, goes by Tomcat's own asynchronous writes.
 */
final class TomcatWire implements Wire {
    private static final CompletionHandler<Long, Owner> WORD = new CompletionHandler<>() {
        @Override
        public void completed(Long count, Owner owner) {
            owner.sent();
        }

        @Override
        public void failed(Throwable cause, Owner owner) {
            owner.lost(cause instanceof IOException broken ? broken : new IOException(cause));
        }
    };

    private final SocketWrapperBase<?> socket;
    private final Runnable gone;
    private final AtomicBoolean cut = new AtomicBoolean();

    /** Not Tomcat's channel around it, which serves another client when this one is gone. Null if it is not for us. */
    private final @Nullable SocketChannel plain;

    /** @param gone run once, when the connection is cut; Tomcat says nothing then */
    TomcatWire(SocketWrapperBase<?> socket, Runnable gone) {
        this.socket = socket;
        this.gone = gone;
        this.plain = socket.getSocket() instanceof NioChannel channel && channel.getClass() == NioChannel.class
                ? channel.getIOChannel()
                : null;
    }

    @Override
    public boolean write(byte[] bytes, Owner owner) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        if (plain != null && Sockets.took(plain, rest)) {
            return true;
        }
        if (!socket.hasAsyncIO()) {
            throw new IOException("the connector has useAsyncIO=\"false\", and the client is slow");
        }
        return socket.write(
                        SocketWrapperBase.BlockingMode.NON_BLOCK,
                        -1,
                        TimeUnit.MILLISECONDS,
                        owner,
                        SocketWrapperBase.COMPLETE_WRITE,
                        WORD,
                        rest)
                == SocketWrapperBase.CompletionState.INLINE;
    }

    @Override
    public void cut() {
        if (cut.compareAndSet(false, true)) {
            socket.close();
            gone.run();
        }
    }
}
