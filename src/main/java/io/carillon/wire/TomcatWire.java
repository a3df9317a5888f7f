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
 * A connection of Tomcat's. What goes in the clear goes straight into the socket, the rest when Tomcat says that it takes more. What has to
 * be encrypted goes by Tomcat's own asynchronous writes.
 *
 * <p>Tomcat uses its channel and its buffers for another client once a connection is closed, and nothing keeps a thread that still reads
 * from it out of that. So only Tomcat closes, on the thread that reads: whoever else ends a connection shuts the socket down, and the
 * reader finds its end.
 */
final class TomcatWire extends PatientWire {
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

    /** The JDK's, which is for this client alone. Null with a connector that has others. */
    private final @Nullable SocketChannel channel;

    /** The same, if what goes over it is not encrypted. */
    private final @Nullable SocketChannel plain;

    /** @param gone run once, when the connection is cut */
    TomcatWire(SocketWrapperBase<?> socket, Runnable gone) {
        this.socket = socket;
        this.gone = gone;
        NioChannel nio = socket.getSocket() instanceof NioChannel known ? known : null;
        this.channel = nio == null ? null : nio.getIOChannel();
        this.plain = nio != null && nio.getClass() == NioChannel.class ? channel : null;
    }

    @Override
    public boolean write(byte[] bytes, Owner writer) throws IOException {
        if (plain != null) {
            return super.write(bytes, writer);
        }
        if (!socket.hasAsyncIO()) {
            throw new IOException("the connector has useAsyncIO=\"false\"");
        }
        return socket.write(
                        SocketWrapperBase.BlockingMode.NON_BLOCK,
                        -1,
                        TimeUnit.MILLISECONDS,
                        writer,
                        SocketWrapperBase.COMPLETE_WRITE,
                        WORD,
                        ByteBuffer.wrap(bytes))
                == SocketWrapperBase.CompletionState.INLINE;
    }

    @Override
    boolean took(ByteBuffer bytes) throws IOException {
        return plain != null && Sockets.took(plain, bytes);
    }

    @Override
    void awaitRoom() {
        socket.registerWriteInterest();
    }

    @Override
    public int prefetch() {
        return Sockets.prefetch(plain);
    }

    @Override
    public void cut() {
        if (cut.compareAndSet(false, true)) {
            if (channel == null) {
                socket.close();
            } else {
                shutDown(channel);
            }
            gone.run();
        }
    }

    private static void shutDown(SocketChannel channel) {
        try {
            channel.shutdownOutput();
            channel.shutdownInput();
        } catch (IOException e) {
            // then it has ended already
        }
    }
}
