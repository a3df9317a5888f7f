package io.carillon.wire;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * In Tomcat's place while a {@link Line} has one of its connections. Tomcat waits for nothing on it then ({@code SUSPENDED}); it closes it, since it gives
 * channel and buffers of a closed connection to the next client.
 */
public final class TomcatKeeper extends TomcatUpgrade implements Line.Server {
    private static final System.Logger LOG = System.getLogger(TomcatKeeper.class.getName());

    /** Of the worker that has Tomcat read what we have given back. */
    private static final ThreadLocal<byte @Nullable []> GIVEN_BACK = new ThreadLocal<>();

    private static final byte[] NOTHING = {};

    private Takeover.@Nullable Keeping keeping;
    private Map<String, String> fields = Map.of();
    private long idleMillis;
    private @Nullable Line line;

    /** Before the request is through. */
    void expect(Takeover.Keeping what, Map<String, String> serversFields, long idle) {
        keeping = what;
        fields = serversFields;
        idleMillis = idle;
    }

    @Override
    public void init(WebConnection connection) {
        if (socket == null || keeping == null) {
            throw new IllegalStateException("kept without a connection or a client");
        }
    }

    /** First of all it is told that there may be something to read: what came in one packet with the request. */
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        SocketWrapperBase<?> wrapper = socket;
        Takeover.Keeping what = keeping;
        if (wrapper == null || what == null || wrapper.isClosed()) {
            return SocketState.CLOSED;
        }
        if (event != SocketEvent.OPEN_READ && event != SocketEvent.OPEN_WRITE) {
            wrapper.close();
            leave();
            return SocketState.CLOSED;
        }
        if (line == null) {
            int most = wrapper.getSocketBufferHandler().getReadBuffer().capacity();
            byte[] early = early(wrapper, most);
            if (early == null || !(wrapper.getSocket() instanceof NioChannel nio)) {
                wrapper.close();
                return SocketState.CLOSED;
            }
            return open(
                    what, new Line.Given(nio.getIOChannel(), GIVEN_BACK.get(), false, most, fields, idleMillis), early);
        }
        return SocketState.SUSPENDED;
    }

    private SocketState open(Takeover.Keeping what, Line.Given given, byte[] early) {
        Line made = new Line(what.reader(), given, early, this);
        Line.Client client = what.clients().apply(made);
        try {
            what.reader().execute(() -> made.open(client));
        } catch (RejectedExecutionException e) { // the application has just ended
            return SocketState.CLOSED;
        }
        line = made;
        return SocketState.SUSPENDED;
    }

    /** Null if the client has left. */
    private static byte @Nullable [] early(SocketWrapperBase<?> wrapper, int most) {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        try {
            int count = wrapper.read(false, buffer);
            if (count < 0) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        buffer.flip();
        if (!buffer.hasRemaining()) {
            return NOTHING;
        }
        byte[] early = new byte[buffer.remaining()];
        buffer.get(early);
        return early;
    }

    // ---- the line's word ----

    @Override
    public void takeBack(byte[] heard) {
        SocketWrapperBase<?> wrapper = socket;
        if (wrapper != null) {
            execute(wrapper, () -> TomcatTurn.take(wrapper, () -> resume(wrapper, heard)));
        }
    }

    private static void resume(SocketWrapperBase<?> wrapper, byte[] heard) {
        if (wrapper.isClosed()) {
            return;
        }
        wrapper.takeCurrentProcessor(); // ours; without one Tomcat takes one for requests
        if (heard.length == 0) {
            wrapper.registerReadInterest();
            return;
        }
        wrapper.unRead(ByteBuffer.wrap(heard));
        GIVEN_BACK.set(heard);
        try {
            wrapper.processSocket(SocketEvent.OPEN_READ, false);
        } finally {
            GIVEN_BACK.remove();
        }
    }

    @Override
    public void close() {
        SocketWrapperBase<?> wrapper = socket;
        if (wrapper != null) {
            wrapper.processSocket(SocketEvent.ERROR, true);
        }
    }

    private static void execute(SocketWrapperBase<?> wrapper, Runnable task) {
        try {
            wrapper.execute(task);
        } catch (RejectedExecutionException e) { // the server is going down
            LOG.log(System.Logger.Level.DEBUG, "a connection cannot be given back: {0}", e.toString());
        }
    }

    // ---- Tomcat's ----

    private void leave() {
        Line leaving = line;
        if (leaving != null) {
            leaving.leave();
        }
    }

    @Override
    public void destroy() {
        leave();
    }
}
