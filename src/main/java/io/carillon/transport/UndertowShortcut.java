package io.carillon.transport;

import io.carillon.wire.Sockets;
import io.carillon.wire.UndertowSocket;
import io.carillon.wire.UndertowTimeout;
import io.undertow.conduits.FinishableStreamSinkConduit;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The socket under a response of Undertow's, which ends with its connection.
 *
 * <p>Such a response is not chunked, so what follows its head is the body as it is, and once nothing waits in the servlet's
 * stream, to write to the socket is the same as to write to the stream. What lies between is a dozen objects, each of them cold
 * when a thousand clients are written to one after the other. Undertow's own timeout of writes is ended ({@link UndertowTimeout}).
 *
 * <p>Knows Undertow: load it on no other server.
 */
final class UndertowShortcut implements AsyncOutput.Shortcut {
    private final HttpServerConnection connection;
    private @Nullable StreamSinkConduit conduit;
    private @Nullable SocketChannel socket;

    private UndertowShortcut(HttpServerConnection connection) {
        this.connection = connection;
    }

    /** On the request's thread, before its head is sent. Null where there is none: with TLS, HTTP/2 or what is not HTTP/1.1. */
    static @Nullable UndertowShortcut prepare() {
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        if (!exchange.getProtocol().equals(Protocols.HTTP_1_1)
                || !(exchange.getConnection() instanceof HttpServerConnection connection)
                || connection.getSslSession() != null) {
            return null;
        }
        exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        return new UndertowShortcut(connection);
    }

    /** Not if anything alters the body on its way, such as a filter of WildFly's that compresses. */
    @Override
    public boolean open(Runnable gone) {
        boolean plain = connection.getChannel().getSinkChannel().getConduit() instanceof FinishableStreamSinkConduit
                && connection.getPipelineBuffer() == null;
        if (plain) {
            StreamSinkConduit last = connection.getOriginalSinkConduit();
            conduit = last;
            socket = UndertowSocket.under(last);
            UndertowTimeout.end(connection.getChannel());
            connection.getIoThread().execute(() -> UndertowDeparture.listenToTheEnd(connection, gone));
        }
        return plain;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        SocketChannel direct = socket;
        StreamSinkConduit other = conduit;
        if (other == null) {
            throw new IllegalStateException("not open");
        }
        try {
            if (direct != null) {
                direct.write(bytes);
            } else {
                other.write(bytes);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection); // as the conduits in between would
            throw e;
        }
    }

    @Override
    public int prefetch() {
        return Sockets.prefetch(socket);
    }
}
