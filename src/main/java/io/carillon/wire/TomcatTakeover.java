package io.carillon.wire;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;

/** On TomEE: as Tomcat's own WebSocket has it, the connection with its timeouts ended and its events; and so with any other answer. */
final class TomcatTakeover extends Takeover {
    @Override
    public boolean gives(HttpServletRequest request) {
        return true;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException {
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "upgrade");
        request.upgrade(TomcatHandler.class).expect(peers);
        response.flushBuffer(); // the wire knows nothing of Tomcat's buffers
    }

    /**
     * Tomcat asks only whether there is a handler, not for the status. It does not chunk what says {@code Connection: close}, and
     * compresses nothing that has a strong tag.
     */
    @Override
    public void stream(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException {
        response.setHeader("Connection", "close");
        response.setHeader("ETag", "\"stream\"");
        request.upgrade(TomcatHandler.class).expect(peers);
        response.setStatus(HttpServletResponse.SC_OK);
        response.flushBuffer();
    }

    @Override
    public boolean lines() {
        return true;
    }

    /** What is not encrypted. */
    @Override
    public boolean keeps(HttpServletRequest request) {
        TomcatRequest inner = TomcatRequest.of(request);
        return inner != null && inner.plain() && inner.unobserved();
    }

    /** Tomcat writes no head once it thinks that it has, and asks nothing else of whom it gives the connection to. */
    @Override
    public boolean keep(HttpServletRequest request, HttpServletResponse response, Keeping what)
            throws IOException, ServletException {
        TomcatRequest inner = TomcatRequest.of(request);
        if (inner == null) {
            throw new IllegalStateException("the connection was there a moment ago");
        }
        request.upgrade(TomcatKeeper.class).expect(what, inner.fields(), inner.idleMillis());
        inner.leaveUnanswered();
        return true;
    }
}
