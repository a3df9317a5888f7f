package io.carillon.wire;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of one connection of Tomcat's. The standard's {@code HttpUpgradeHandler} would not do: it cannot end a connection
 * but by waiting for the client, and its stream copies.
 *
 * <p>Tomcat calls it by one of its workers at a time, in no application's context; so what a peer does may block.
 */
public final class TomcatHandler implements InternalHttpUpgradeHandler {
    /** Of the worker, which reads one connection at a time. */
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(16 << 10));

    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private @Nullable SocketWrapperBase<?> socket;
    private @Nullable Function<Wire, Peer> guests;
    private volatile @Nullable Peer peer;

    /** Before the answer is sent. */
    void expect(Function<Wire, Peer> factory) {
        guests = factory;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        SocketWrapperBase<?> wrapper = socket;
        Function<Wire, Peer> factory = guests;
        if (wrapper == null || factory == null) {
            throw new IllegalStateException("upgraded without a connection or a peer");
        }
        Peer made = factory.apply(new TomcatWire(wrapper, this::gone));
        peer = made;
        inApplication(made::begin);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        SocketWrapperBase<?> wrapper = socket;
        Peer ours = peer;
        if (wrapper == null || ours == null) {
            return SocketState.CLOSED;
        }
        if (event == SocketEvent.OPEN_READ) {
            inApplication(() -> read(wrapper, ours));
        } else if (event != SocketEvent.OPEN_WRITE) {
            end(wrapper, ours);
        }
        return wrapper.isClosed() ? SocketState.CLOSED : SocketState.UPGRADED;
    }

    /** All that is there, as Tomcat forgets what stays in its buffer. */
    private static void read(SocketWrapperBase<?> wrapper, Peer ours) {
        ByteBuffer buffer = BUFFER.get();
        try {
            int count;
            while ((count = wrapper.read(false, buffer.clear())) > 0) {
                Runnable blocking = ours.hear(buffer.flip());
                if (blocking != null) {
                    blocking.run();
                }
            }
            if (count < 0) {
                end(wrapper, ours);
            }
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

    @Override
    public void timeoutAsync(long now) {
        // None is set.
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // Who he is was asked at the handshake.
    }

    @Override
    public void pause() {
        // The hub says goodbye itself.
    }
}
