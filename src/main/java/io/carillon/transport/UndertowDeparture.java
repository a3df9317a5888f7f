package io.carillon.transport;

import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.time.Duration;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Hears when a client leaves while he is being answered. Undertow does not read from a connection meanwhile, so it would notice by a write
 * that fails: of a stream the second heartbeat, of a held poll its answer; until then he counts as there, and his socket stays open.
 *
 * <p>Who says more instead, such as his next request, is there; that is kept for when it is his turn, and nothing more is read.
 *
 * <p>Undertow's timeout of reads is running while one reads. Where it is shorter than an answer may take, this does not listen.
 *
 * <p>Threads: the IO thread of the connection, on which everything here happens. Knows Undertow: load it on no other server.
 */
public final class UndertowDeparture implements ChannelListener<ConduitStreamSourceChannel> {
    private final HttpServerConnection connection;
    private final Runnable gone;

    private UndertowDeparture(HttpServerConnection connection, Runnable gone) {
        this.connection = connection;
        this.gone = gone;
    }

    /**
     * Listens until the exchange is over.
     *
     * @param longest milliseconds that the exchange may take
     * @param gone run at most once; then the connection is closed
     */
    public static void listen(HttpServerConnection connection, int longest, Runnable gone) {
        StreamSourceConduit source = connection.getOriginalSourceConduit();
        if (connection.isOpen()
                && !source.isReadShutdown()
                && connection.getExtraBytes() == null
                && lasts(connection, longest)) {
            connection.getChannel().getSourceChannel().setReadListener(new UndertowDeparture(connection, gone));
            source.resumeReads();
        }
    }

    /** The same for the last exchange of a connection, however long it takes. */
    static void listenToTheEnd(HttpServerConnection connection, Runnable gone) {
        try {
            connection.getChannel().setOption(Options.READ_TIMEOUT, 0);
        } catch (IOException e) {
            return; // then it is running, and nobody listens
        }
        listen(connection, Integer.MAX_VALUE, gone);
    }

    /** Whether Undertow lets one listen for that long. */
    public static boolean mayListen(HttpServerConnection connection, Duration longest) {
        return lasts(connection, (int) longest.toMillis());
    }

    private static boolean lasts(HttpServerConnection connection, int millis) {
        try {
            return lasts(connection.getChannel().getOption(Options.READ_TIMEOUT), millis)
                    && lasts(connection.getUndertowOptions().get(UndertowOptions.IDLE_TIMEOUT), millis);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean lasts(Integer timeout, int millis) {
        return timeout == null || timeout <= 0 || timeout > millis;
    }

    @Override
    public void handleEvent(ConduitStreamSourceChannel channel) {
        PooledByteBuffer buffer = connection.getByteBufferPool().allocate();
        int read;
        try {
            read = connection.getOriginalSourceConduit().read(buffer.getBuffer());
        } catch (IOException e) {
            read = -1;
        }
        if (read > 0) {
            buffer.getBuffer().flip();
            connection.ungetRequestBytes(buffer);
            channel.suspendReads();
            return;
        }
        buffer.close();
        if (read < 0) {
            channel.suspendReads();
            try {
                gone.run();
            } finally {
                IoUtils.safeClose(connection);
            }
        }
    }
}
