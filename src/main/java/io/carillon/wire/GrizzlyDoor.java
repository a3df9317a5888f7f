package io.carillon.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a listener of Payara's where its idle timeout stands, which it asks first, and sees what comes before it is parsed. It looks for polls,
 * gives their connections a {@link GrizzlyKeeper}, and lets all else pass. Replaced, not inserted: what Grizzly remembers of a connection it remembers by the number of the filter.
 *
 * <p>Safe for concurrent use.
 */
final class GrizzlyDoor extends BaseFilter {
    private static final System.Logger LOG = System.getLogger(GrizzlyDoor.class.getName());
    private static final String KEEPER = GrizzlyKeeper.class.getName();

    private final FilterChain chain;
    private final int place;
    private final Filter idle;
    private final GrizzlyInside inside;
    private final byte[] start;

    private GrizzlyDoor(FilterChain chain, int place, GrizzlyInside inside, String path) {
        this.start = ("GET " + path + '?').getBytes(StandardCharsets.ISO_8859_1);
        this.chain = chain;
        this.place = place;
        this.idle = chain.get(place);
        this.inside = inside;
    }

    /** The one that is there; null if none is. */
    static @Nullable GrizzlyDoor in(FilterChain chain) {
        for (Filter filter : chain) {
            if (filter instanceof GrizzlyDoor door) {
                return door;
            }
        }
        return null;
    }

    /**
     * Puts one there; null if that is another chain than we know, or another hub's is there.
     *
     * @param path of polls
     */
    static @Nullable GrizzlyDoor put(FilterChain chain, String path) {
        int place = chain.indexOfType(IdleTimeoutFilter.class);
        int codec = place + 1;
        if (place < 0 || codec == chain.size() || !(chain.get(codec) instanceof HttpServerFilter http)) {
            return null;
        }
        try {
            GrizzlyDoor door = new GrizzlyDoor(chain, place, new GrizzlyInside(http), path);
            chain.set(place, door);
            return door;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "each poll is parsed, as Grizzly is another: {0}", e.toString());
            return null;
        }
    }

    GrizzlyInside inside() {
        return inside;
    }

    /** Leaves its place to whom it took it from. Idempotent. */
    void leave() {
        if (!hasLeft()) {
            chain.set(place, idle);
        }
    }

    boolean hasLeft() {
        return chain.get(place) != this;
    }

    void forget(Connection<?> connection) {
        connection.getAttributes().removeAttribute(KEEPER);
    }

    /** Of a connection on which a poll came last, or that a line has; else null. */
    @Nullable
    GrizzlyKeeper keeper(Connection<?> connection) {
        return connection.getAttributes().getAttribute(KEEPER) instanceof GrizzlyKeeper keeper && keeper.isOf(this)
                ? keeper
                : null;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        NextAction next = idle.handleRead(context);
        Connection<?> connection = context.getConnection();
        GrizzlyKeeper keeper = keeper(connection);
        if (context.getMessage() instanceof Buffer buffer && begins(buffer) && between(connection)) {
            if (keeper != null && keeper.takes(context, buffer)) {
                return context.getSuspendAction();
            }
            if (connection instanceof NIOConnection nio) {
                GrizzlyKeeper made = new GrizzlyKeeper(this, nio, GrizzlyKeeper.copy(buffer));
                connection.getAttributes().setAttribute(KEEPER, made);
            }
        } else if (keeper != null) {
            forget(connection);
        }
        return next;
    }

    /** Whether what comes begins a request: none is being read, of which it might be the rest. */
    private static boolean between(Connection<?> connection) {
        return connection.getAttributes().getAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME) == null;
    }

    /** Whether it begins as a poll. */
    private boolean begins(Buffer buffer) {
        int length = buffer.remaining();
        if (length < start.length || length > GrizzlyKeeper.MOST) {
            return false;
        }
        int at = 0;
        while (at < start.length && buffer.get(buffer.position() + at) == start[at]) {
            at++;
        }
        return at == start.length;
    }

    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        GrizzlyKeeper keeper = keeper(context.getConnection());
        if (keeper != null) {
            keeper.leave();
        }
        return idle.handleClose(context);
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) throws IOException {
        return idle.handleWrite(context);
    }

    @Override
    public NextAction handleConnect(FilterChainContext context) throws IOException {
        return idle.handleConnect(context);
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) throws IOException {
        return idle.handleAccept(context);
    }

    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
        return idle.handleEvent(context, event);
    }

    @Override
    public void exceptionOccurred(FilterChainContext context, Throwable error) {
        idle.exceptionOccurred(context, error);
    }
}
