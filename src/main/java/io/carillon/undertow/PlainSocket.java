package io.carillon.undertow;

import io.carillon.wire.Sockets;
import io.carillon.wire.UndertowSocket;
import io.undertow.UndertowOptions;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** The socket of a connection, to which whole answers are written past Undertow's conduits. Threads: the IO thread of the connection. */
final class PlainSocket {
    private final HttpServerConnection connection;
    private final SocketChannel socket;

    private PlainSocket(HttpServerConnection connection, SocketChannel socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** Null if something lies between, such as TLS or the count of bytes, or the server has been told to leave out what each answer has. */
    static @Nullable PlainSocket under(HttpServerConnection connection) {
        OptionMap options = connection.getUndertowOptions();
        SocketChannel socket = UndertowSocket.under(connection.getOriginalSinkConduit());
        return socket == null
                        || connection.getPipelineBuffer() != null
                        || !options.get(UndertowOptions.ALWAYS_SET_DATE, true)
                        || !options.get(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, true)
                ? null
                : new PlainSocket(connection, socket);
    }

    /**
     * Writes what the kernel takes of an answer at once; after the one before it is through.
     *
     * @return true if that is all, or the connection has ended; else {@link #writeOn} is next
     */
    boolean took(ByteBuffer answer) {
        try {
            return Sockets.took(socket, answer);
        } catch (IOException e) {
            IoUtils.safeClose(connection);
            return true;
        }
    }

    /**
     * Writes the rest.
     *
     * @param rest may be used again as soon as this has returned
     * @param done run when the kernel has all of it, or the connection has ended
     */
    void writeOn(ByteBuffer rest, Runnable done) {
        ByteBuffer own = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        ConduitStreamSinkChannel sink = connection.getChannel().getSinkChannel();
        sink.setWriteListener(ready -> {
            if (took(own)) {
                ready.suspendWrites();
                done.run();
            }
        });
        sink.resumeWrites();
    }
}
