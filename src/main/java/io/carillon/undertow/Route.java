package io.carillon.undertow;

import io.carillon.auth.Visitor;
import io.carillon.protocol.Reply;
import io.undertow.server.HttpServerExchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A kind of request that can be served without a worker. Safe for concurrent use. */
interface Route {
    /** What somebody has come for. */
    interface Errand {
        /**
         * Serves him. On the IO thread of his connection, which it must not hold up.
         *
         * @param answer takes one, at any time, from any thread; that ends the exchange
         */
        void run(Visitor visitor, Consumer<Reply> answer);
    }

    /**
     * Looks at the head of a request, and at nothing else.
     *
     * @param path below the context root, as it was sent
     * @return null if it is of another kind, or cannot be served here
     */
    @Nullable
    Errand errand(HttpServerExchange exchange, String path);
}
