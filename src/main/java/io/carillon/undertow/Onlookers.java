package io.carillon.undertow;

import io.undertow.server.HttpServerExchange;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to see an answer, or to change it: a handler of the server's that adds a field to it, compresses it, or writes it down when it is
 * over, such as the log of requests. Undertow tells nobody of them, so they are found by reflection.
 */
final class Onlookers {
    private static final System.Logger LOG = System.getLogger(Onlookers.class.getName());
    private static final @Nullable VarHandle WRAPPERS = count("responseWrapperCount");
    private static final @Nullable VarHandle LISTENERS = count("exchangeCompletionListenersCount");

    private Onlookers() {}

    /** True if nobody has asked for anything yet. False as well where Undertow is another than we know. */
    static boolean none(HttpServerExchange exchange) {
        return WRAPPERS != null
                && LISTENERS != null
                && (int) WRAPPERS.get(exchange) == 0
                && (int) LISTENERS.get(exchange) == 0
                && exchange.getResponseHeaders().size() == 0;
    }

    private static @Nullable VarHandle count(String name) {
        try {
            return MethodHandles.privateLookupIn(HttpServerExchange.class, MethodHandles.lookup())
                    .findVarHandle(HttpServerExchange.class, name, int.class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "answers go by the server''s conduits, as {0} is not found: {1}", name, e.toString());
            return null;
        }
    }
}
