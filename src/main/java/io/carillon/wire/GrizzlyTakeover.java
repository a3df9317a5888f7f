package io.carillon.wire;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** On Payara: the standard's way to the connection, and Grizzly's own to write to it and to end it. */
final class GrizzlyTakeover extends Takeover {
    private static final byte[] NO_HEAD = {};
    private static final String CONTENT_TYPE = "Content-Type";

    @Override
    public boolean gives(HttpServletRequest request) {
        return connection(request) != null;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "upgrade");
        request.upgrade(GrizzlyHandler.class).expect(known(request), NO_HEAD, peers);
        response.flushBuffer(); // what the hub writes does not come by it
    }

    /** Grizzly chunks, or waits until it knows the length; so the head is ours, too. */
    @Override
    public void stream(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException {
        response.setHeader("Connection", "close");
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        line(head, "Date", HttpDate.of(Instant.now()));
        line(head, CONTENT_TYPE, response.getContentType());
        for (String name : response.getHeaderNames()) {
            if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
                response.getHeaders(name).forEach(value -> line(head, name, value));
            }
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        request.upgrade(GrizzlyHandler.class).expect(known(request), bytes, peers);
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n");
    }

    private static NIOConnection known(HttpServletRequest request) {
        NIOConnection connection = connection(request);
        if (connection == null) {
            throw new IllegalStateException("the connection was there a moment ago");
        }
        return connection;
    }

    /** Payara's request does not say in its public types what it stands on. Null if that is something else. */
    private static @Nullable NIOConnection connection(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        try {
            Object catalina = call(inner, "getUnwrappedCoyoteRequest");
            Object grizzly = call(catalina, "getCoyoteRequest");
            Connection<?> connection =
                    grizzly instanceof Request known ? known.getContext().getConnection() : null;
            return connection instanceof NIOConnection nio ? nio : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Object call(Object on, String method) throws ReflectiveOperationException {
        return on.getClass().getMethod(method).invoke(on);
    }
}
