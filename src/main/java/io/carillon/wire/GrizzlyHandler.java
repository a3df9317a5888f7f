package io.carillon.wire;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** Reads what one client of Payara's sends, on the server's workers, so what it leads to may block. */
public final class GrizzlyHandler implements HttpUpgradeHandler, ReadListener {
    private static final System.Logger LOG = System.getLogger(GrizzlyHandler.class.getName());

    /** Of the worker, which reads one connection at a time. */
    private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[16 << 10]);

    private @Nullable NIOConnection connection;
    private @Nullable Function<Wire, Peer> peers;
    private @Nullable ServletInputStream in;
    private byte[] head = {};
    private @Nullable Peer peer;

    /**
     * Before the answer is sent.
     *
     * @param before goes ahead of what our end writes
     */
    void expect(NIOConnection given, byte[] before, Function<Wire, Peer> factory) {
        connection = given;
        head = before;
        peers = factory;
    }

    @Override
    public void init(WebConnection upgraded) {
        NIOConnection wire = connection;
        Function<Wire, Peer> factory = peers;
        if (wire == null || factory == null) {
            throw new IllegalStateException("upgraded without a connection or a peer");
        }
        Peer made = factory.apply(new GrizzlyWire(wire, head));
        peer = made;
        wire.addCloseListener((CloseListener<Closeable, CloseType>) (closed, how) -> {
            made.gone();
            wire.getTransport().getWorkerThreadPool().execute(() -> forget(upgraded));
        });
        made.begin();
        try {
            if (head.length == 0) {
                ServletInputStream stream = upgraded.getInputStream();
                in = stream;
                stream.setReadListener(this);
            } else {
                wire.enableIOEvent(IOEvent.READ); // the request has no body, and Grizzly would not read on behind it
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Payara keeps the request until it is told, also when the connection has ended. */
    private static void forget(WebConnection upgraded) {
        try {
            upgraded.close();
        } catch (Exception e) { // its streams are closed already
            LOG.log(System.Logger.Level.TRACE, "closed already: {0}", e.toString());
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream stream = in;
        Peer ours = peer;
        byte[] buffer = BUFFER.get();
        while (stream != null && ours != null && stream.isReady()) {
            int count = stream.read(buffer);
            if (count < 0) {
                end();
                return;
            }
            Runnable blocking = ours.hear(ByteBuffer.wrap(buffer, 0, count));
            if (blocking != null) {
                blocking.run();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable cause) {
        end();
    }

    @Override
    public void destroy() {
        end();
    }

    private void end() {
        NIOConnection ending = connection;
        if (ending != null) {
            ending.terminateSilently();
        }
    }
}
