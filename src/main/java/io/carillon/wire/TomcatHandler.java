package io.carillon.wire;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of one connection of Tomcat's. The standard's {@code HttpUpgradeHandler} would not do: it cannot end a connection
 * but by waiting for the client, and its stream copies.
 *
 * <p>Tomcat calls it by one of its workers at a time, in no application's context; so what a peer does may block.
 */
public final class TomcatHandler extends TomcatUpgrade {
    /** Of the worker, which reads one connection at a time. */
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(16 << 10));

    /** Buffers that one client may fill before others have the worker. */
    private static final int TURN = 64;

    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private @Nullable Function<Wire, Peer> peers;
    private volatile @Nullable TomcatWire wire;
    private volatile @Nullable Peer peer;

    /** Before the answer is sent. */
    void expect(Function<Wire, Peer> factory) {
        peers = factory;
    }

    @Override
    public void init(WebConnection connection) {
        SocketWrapperBase<?> wrapper = socket;
        Function<Wire, Peer> factory = peers;
        if (wrapper == null || factory == null) {
            throw new IllegalStateException("upgraded without a connection or a peer");
        }
        TomcatWire line = new TomcatWire(wrapper, this::gone);
        Peer made = factory.apply(line);
        wire = line;
        peer = made;
        inApplication(made::begin);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        SocketWrapperBase<?> wrapper = socket;
        Peer ours = peer;
        TomcatWire line = wire;
        if (wrapper == null || ours == null || line == null) {
            return SocketState.CLOSED;
        }
        if (event == SocketEvent.OPEN_READ) {
            inApplication(() -> read(wrapper, ours));
        } else if (event == SocketEvent.OPEN_WRITE) {
            inApplication(line::writable);
        } else {
            end(wrapper, ours);
        }
        return wrapper.isClosed() ? SocketState.CLOSED : SocketState.UPGRADED;
    }

    /** To the end of what is there, as Tomcat says nothing more of what stays in its own buffers. */
    private static void read(SocketWrapperBase<?> wrapper, Peer ours) {
        ByteBuffer buffer = BUFFER.get();
        try {
            for (int read = 0; read < TURN; read++) {
                int count = wrapper.read(false, buffer.clear());
                if (count == 0) {
                    return;
                }
                if (count < 0) {
                    end(wrapper, ours);
                    return;
                }
                Runnable blocking = ours.hear(buffer.flip());
                if (blocking != null) {
                    blocking.run();
                }
            }
            wrapper.processSocket(SocketEvent.OPEN_READ, true); // behind those that wait for a worker
        } catch (IOException e) {
            end(wrapper, ours);
        }
    }

    private static void end(SocketWrapperBase<?> wrapper, Peer ours) {
        wrapper.close();
        ours.gone();
    }

    private void inApplication(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void gone() {
        Peer leaving = peer;
        if (leaving != null) {
            leaving.gone();
        }
    }

    @Override
    public void destroy() {
        gone();
    }
}
