package io.carillon.gate;

import io.carillon.auth.Visitor;
import io.carillon.protocol.ProtocolException;
import io.carillon.transport.NextDoor;
import io.carillon.transport.Refusal;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Hands on a request that the {@link Doorkeeper} admits, with a {@link Visitor} as its principal, and answers all others. It leaves him in
 * the servlet context, under his class' name, for those who take requests before a filter sees them.
 */
@WebFilter(
        urlPatterns = {"/v1/*", "/metrics", "/health/*"},
        asyncSupported = true)
public class Gate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String EVENTS = "/v1/events";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Doorkeeper doorkeeper;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Instance<NextDoor> found;

    private transient List<NextDoor> neighbours = List.of();

    @Override
    public void init() {
        getServletContext().setAttribute(Doorkeeper.class.getName(), doorkeeper);
        neighbours = found.stream().toList();
        neighbours.forEach(neighbour -> neighbour.open(getServletContext()));
    }

    /** Filters go after the servlets, of which one says goodbye for the hub. */
    @Override
    public void destroy() {
        neighbours.forEach(NextDoor::close);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletArrival arrival = ServletArrival.of(request, response);
        Visitor visitor;
        try {
            visitor = doorkeeper.admit(arrival);
        } catch (ProtocolException e) {
            Refusal.write(response, e.fault());
            return;
        }
        if (visitor == null) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        HttpServletRequest visited = new VisitedRequest(request, visitor);
        for (NextDoor neighbour : neighbours) {
            if (neighbour.takes(visited, response)) {
                return;
            }
        }
        chain.doFilter(visited, response);
        // Streams and what is held are counted where they are answered; a hub that says that it is not well refuses
        // nothing.
        boolean counted = arrival.path().equals(EVENTS) || request.isAsyncStarted();
        if (!counted && !arrival.path().startsWith("/health")) {
            doorkeeper.count(arrival, response.getStatus());
        }
    }
}
