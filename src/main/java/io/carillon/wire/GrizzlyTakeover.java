package io.carillon.wire;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/** On Payara: the standard's way to the connection, and Grizzly's own to write to it and to end it. */
final class GrizzlyTakeover extends Takeover {
    private static final byte[] NO_HEAD = {};
    private static final String CONTENT_TYPE = "Content-Type";

    /** One for each listener on which somebody has polled. As what follows, under this' lock. */
    private final List<GrizzlyDoor> doors = new ArrayList<>();

    private boolean over;

    @Override
    public boolean gives(HttpServletRequest request) {
        return GrizzlyRequest.of(request) != null;
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
        return inner(request).connection();
    }

    private static GrizzlyRequest inner(HttpServletRequest request) {
        GrizzlyRequest inner = GrizzlyRequest.of(request);
        if (inner == null) {
            throw new IllegalStateException("the connection was there a moment ago");
        }
        return inner;
    }

    @Override
    public boolean lines() {
        return true;
    }

    @Override
    public boolean sets(String field) {
        return field.equalsIgnoreCase("Server");
    }

    /** What is not encrypted, nor compressed. */
    @Override
    public boolean keeps(HttpServletRequest request) {
        GrizzlyRequest inner = GrizzlyRequest.of(request);
        if (inner == null || !inner.plain() || !inner.unobserved()) {
            return false;
        }
        GrizzlyDoor door = door(inner);
        return door != null && !door.inside().compresses();
    }

    /** Payara answers this one. What comes next on its connection comes to us. */
    @Override
    public boolean keep(HttpServletRequest request, HttpServletResponse response, Keeping what) {
        GrizzlyRequest inner = inner(request);
        GrizzlyDoor door = door(inner);
        GrizzlyKeeper keeper = door == null ? null : door.keeper(inner.connection());
        if (door != null && keeper != null) {
            keeper.expect(what, inner.fields(door.inside()));
        }
        return false;
    }

    /** The one of its listener. */
    private @Nullable GrizzlyDoor door(GrizzlyRequest inner) {
        FilterChain chain = inner.chain();
        if (chain == null) {
            return null;
        }
        GrizzlyDoor there = GrizzlyDoor.in(chain);
        return there == null ? put(chain, inner.request().getRequestURI()) : there;
    }

    private synchronized @Nullable GrizzlyDoor put(FilterChain chain, String path) {
        GrizzlyDoor there = GrizzlyDoor.in(chain);
        if (there != null || over) {
            return there;
        }
        GrizzlyDoor made = GrizzlyDoor.put(chain, path);
        if (made != null) {
            doors.add(made);
        }
        return made;
    }

    @Override
    public synchronized void close() {
        over = true;
        doors.forEach(GrizzlyDoor::leave);
    }
}
