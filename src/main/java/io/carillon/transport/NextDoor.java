package io.carillon.transport;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sits right behind the gate, and takes some of the requests before any other filter sees them: the order of filters is the
 * server's own, and some servers put their WebSockets in front of all that an application adds. The gate finds all beans that are this.
 */
public interface NextDoor {
    /** Before the first request. */
    void open(ServletContext context);

    /**
     * Answers it, or leaves it alone.
     *
     * @param request of a {@link io.carillon.auth.Visitor}
     * @return true if it is answered, or will be; false if nothing was done
     */
    boolean takes(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    /** After the last request, when the hub has said goodbye to everybody. */
    default void close() {
        // Most have nothing to end.
    }
}
