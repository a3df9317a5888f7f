package io.carillon.transport.websocket;

import io.carillon.core.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes sockets on threads of its own: a container may block in {@code close} for as long as the client does not read.
 * Owns a few daemon threads, which end after a second without work. It has no end of its own: TomEE ends its beans before
 * the hub has said goodbye.
 */
@ApplicationScoped
public class Closer {
    private static final System.Logger LOG = System.getLogger(Closer.class.getName());
    private static final int THREADS = 8;

    private final ThreadPoolExecutor threads = threads("carillon-closer", THREADS);

    /** Daemons for what a container may take its time for, which end after a second without work. */
    static ThreadPoolExecutor threads(String name, int most) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** This very object, not the container's proxy for it, which no longer finds its way while the server goes down. */
    Closer itself() {
        return this;
    }

    /** Returns at once. The close frame carries the hub's code and reason. */
    void close(Session session, CloseReason reason) {
        threads.execute(() -> {
            try {
                session.close(new jakarta.websocket.CloseReason(
                        reason.code() == 1000 ? CloseCodes.NORMAL_CLOSURE : code(reason.code()), reason.reason()));
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "the socket was closed already: {0}", e.toString());
            }
        });
    }

    private static jakarta.websocket.CloseReason.CloseCode code(int code) {
        return () -> code;
    }
}
