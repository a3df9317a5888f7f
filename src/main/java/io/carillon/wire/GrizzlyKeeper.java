package io.carillon.wire;

import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection of Payara's, on which somebody polls. The poll that is seen first Payara answers, and what comes after it is for a {@link Line}. Grizzly
 * takes that for being processed as long as the line has the connection: it reads nothing, and no timeout of its own ends it. What the line gives back goes
 * on from there, as if it had just come.
 *
 * <p>Threads: a worker of Grizzly's, of which a connection has one at a time; while there is a line, that of its reader; {@link #leave} from any.
 */
final class GrizzlyKeeper implements Line.Server {
    private static final System.Logger LOG = System.getLogger(GrizzlyKeeper.class.getName());

    /** Bytes of the longest poll that is looked at, and the most that a line reads at once. */
    static final int MOST = 4 << 10;

    private final GrizzlyDoor door;
    private final NIOConnection connection;

    /** What came last: a poll, it seems. */
    private byte[] heard;

    private Takeover.@Nullable Keeping keeping;
    private Map<String, String> fields = Map.of();
    private @Nullable FilterChainContext context;
    private volatile @Nullable Line line;

    /** @param heard what came last */
    GrizzlyKeeper(GrizzlyDoor door, NIOConnection connection, byte[] heard) {
        this.door = door;
        this.connection = connection;
        this.heard = heard;
    }

    boolean isOf(GrizzlyDoor other) {
        return door == other;
    }

    /**
     * What came last is a poll, and the server answers it. What comes next is a line's.
     *
     * @param what makes our end of it
     * @param serversFields what the server puts into the head of each answer
     */
    void expect(Takeover.Keeping what, Map<String, String> serversFields) {
        keeping = what;
        fields = serversFields;
    }

    /** Takes the connection with the poll that has come, which Grizzly does not see. False if it is not for us. */
    boolean takes(FilterChainContext read, Buffer buffer) {
        Takeover.Keeping what = keeping;
        keeping = null;
        if (what == null
                || !(connection.getChannel() instanceof SocketChannel channel)
                || connection.getAsyncWriteQueue().size() != 0) {
            return false;
        }
        byte[] early = copy(buffer);
        buffer.tryDispose();
        read.setMessage(null);
        Line made = new Line(
                what.reader(),
                new Line.Given(channel, heard, true, MOST, fields, door.inside().idleMillis()),
                early,
                this);
        Line.Client client = what.clients().apply(made);
        door.inside().stopWaiting(connection);
        context = read;
        line = made;
        read.suspend();
        try {
            what.reader().execute(() -> made.open(client));
        } catch (RejectedExecutionException e) { // the application has just ended
            takeBack(early);
        }
        return true;
    }

    static byte[] copy(Buffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.toByteBuffer().duplicate().get(bytes);
        return bytes;
    }

    // ---- the line's word ----

    @Override
    public void takeBack(byte[] bytes) {
        FilterChainContext held = context;
        context = null;
        line = null;
        heard = bytes;
        if (held == null) {
            return;
        }
        try {
            connection.getTransport().getWorkerThreadPool().execute(() -> resume(held, bytes));
        } catch (RejectedExecutionException e) { // the server is going down
            LOG.log(System.Logger.Level.DEBUG, "a connection cannot be given back: {0}", e.toString());
            connection.terminateSilently();
        }
    }

    private void resume(FilterChainContext held, byte[] bytes) {
        if (bytes.length == 0 || door.hasLeft()) {
            door.forget(connection);
        }
        if (bytes.length == 0) {
            held.resume(held.getStopAction());
        } else {
            held.setMessage(Buffers.wrap(connection.getMemoryManager(), bytes.clone())); // it writes into it
            held.resume(held.getInvokeAction());
        }
    }

    @Override
    public void close() {
        connection.terminateSilently();
    }

    // ---- Grizzly's ----

    /** The connection has ended. */
    void leave() {
        Line leaving = line;
        if (leaving != null) {
            leaving.leave();
        }
    }
}
