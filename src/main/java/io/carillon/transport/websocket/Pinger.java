package io.carillon.transport.websocket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Sends ping frames on threads of its own: there is no asynchronous ping, and Tomcat's waits for the client to take it.
 * That is bounded to a second or two, after which Tomcat ends the socket. Owns a few daemon threads, which end after a second without work.
 */
@ApplicationScoped
public class Pinger {
    private static final int THREADS = 8;

    /** What Tomcat asks for, in milliseconds, at each frame that it sends in this way; unset it is 20 s. */
    private static final String TOMCAT_LIMIT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final Long LIMIT_MILLIS = 1_000L;

    private final ThreadPoolExecutor threads = Closer.threads("carillon-pinger", THREADS);

    /** This very object, see {@link Closer#itself()}. */
    Pinger itself() {
        return this;
    }

    /** Returns at once; {@code then} follows when the ping is with the container, or could not be sent. */
    void ping(Session session, Runnable then) {
        threads.execute(() -> {
            Map<String, Object> properties = session.getUserProperties();
            properties.put(TOMCAT_LIMIT, LIMIT_MILLIS);
            try {
                session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            } catch (IOException | RuntimeException e) {
                // If the socket is broken, the next write says so.
                System.getLogger(Pinger.class.getName()).log(System.Logger.Level.TRACE, "no ping: {0}", e.toString());
            } finally {
                properties.remove(TOMCAT_LIMIT);
                then.run();
            }
        });
    }
}
