package io.carillon.wire;

import io.undertow.conduits.WriteTimeoutStreamSinkConduit;
import java.lang.reflect.Field;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The JDK's socket under a connection of Undertow's, which XNIO gives to nobody: so it is found by reflection (docs/adr/0024). Between the two
 * lie objects that only pass on what is written, each of them cold when a thousand clients are written to one after the other.
 *
 * <p>Knows XNIO: load it on no other server.
 */
public final class UndertowSocket {
    private static final System.Logger LOG = System.getLogger(UndertowSocket.class.getName());
    private static final String LAST = "org.xnio.nio.NioSocketConduit";

    private UndertowSocket() {}

    /**
     * What a conduit writes to, if all that lies between is Undertow's timeout of writes, which whoever writes to the socket goes past
     * ({@link UndertowTimeout}).
     *
     * @return null if there is more, such as TLS or the count of a server that has its statistics enabled, or where XNIO is another
     *     than we know: then write to the conduit
     */
    public static @Nullable SocketChannel under(StreamSinkConduit conduit) {
        try {
            Object at = conduit;
            while (at.getClass() == WriteTimeoutStreamSinkConduit.class) {
                at = read(AbstractConduit.class, "next", at);
            }
            return at.getClass().getName().equals(LAST)
                    ? (SocketChannel) read(at.getClass(), "socketChannel", at)
                    : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket under {0} is not found: {1}", conduit, e.toString());
            return null;
        }
    }

    private static Object read(Class<?> type, String name, Object of) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
