package io.carillon.gate;

import io.carillon.auth.Identity;
import io.carillon.auth.Limits;
import io.carillon.auth.OriginPolicy;
import io.carillon.auth.Proxies;
import io.carillon.auth.Refusals;
import io.carillon.auth.Revocations;
import io.carillon.auth.Roles;
import io.carillon.auth.Tickets;
import io.carillon.auth.TokenVerifier;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.transport.Nearby;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request, and hands it on with a {@link Visitor} as its principal. Of several credentials the first
 * counts: a bearer token, a ticket, the container's own login. One that does not hold is refused here and now, even
 * where strangers are welcome: whoever shows it means to be somebody.
 */
@WebFilter(
        urlPatterns = {"/v1/*", "/metrics", "/health/*"},
        asyncSupported = true)
public class Gate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String BEARER = "Bearer ";
    private static final String SOCKET = "/v1/ws";
    private static final String EVENTS = "/v1/events";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient TokenVerifier tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Tickets tickets;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Roles roles;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Revocations revocations;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Proxies proxies;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Limits limits;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Refusals refusals;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Config config;

    private transient CrossSite crossSite = new CrossSite(new OriginPolicy(""));

    @Override
    public void init() {
        crossSite = new CrossSite(new OriginPolicy(config.name(Key.ORIGINS)));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        Refusals.What what = Refusals.What.of(request.getMethod(), path);
        Visitor visitor;
        try {
            checkPlace(request);
            if (crossSite.answer(request, response)) {
                return;
            }
            visitor = visitor(request);
            if (what == Refusals.What.SUBSCRIBE) {
                limits.checkConnection(visitor);
            }
        } catch (ProtocolException e) {
            refusals.count(what, e.code());
            Refusal.write(response, e.fault());
            return;
        }
        chain.doFilter(new VisitedRequest(request, visitor), response);
        // Streams and what is held are counted where they are answered; a hub that says that it is not well refuses
        // nothing.
        boolean counted = path.equals(EVENTS) || request.isAsyncStarted();
        if (!counted && !path.startsWith("/health")) {
            refusals.count(what, response.getStatus());
        }
    }

    /** The demo mode opens too much for anybody but who sits at this machine. */
    private void checkPlace(HttpServletRequest request) {
        if (config.flag(Key.DEMO) && !Nearby.cameInHere(request)) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN, "the hub is in demo mode (carillon.demo), which answers on loopback only");
        }
    }

    private Visitor visitor(HttpServletRequest request) {
        String address = proxies.origin(String.valueOf(request.getRemoteAddr()), request.getHeader("X-Forwarded-For"));
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String token = authorization.substring(BEARER.length()).trim();
            return new Visitor(tokens.verify(token), address);
        }
        Identity here = loggedIn(request);
        if (!here.stranger()) {
            crossSite.checkLogin(request);
        }
        String ticket = ticket(request);
        if (ticket == null) {
            return new Visitor(here, address);
        }
        try {
            return new Visitor(tickets.redeem(ticket, here), address);
        } catch (ProtocolException e) {
            if (path(request).equals(SOCKET)) {
                return new Visitor(Identity.STRANGER, address, e.fault());
            }
            throw e;
        }
    }

    private Identity loggedIn(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        String name = principal == null ? null : principal.getName();
        if (name == null || name.isEmpty()) {
            return Identity.STRANGER;
        }
        Identity identity = roles.identity(name, request::isUserInRole);
        revocations.check(identity);
        return identity;
    }

    /** Only where a page cannot set a header, and only in the address: nothing of the body may be read here. */
    private static @Nullable String ticket(HttpServletRequest request) {
        String path = path(request);
        boolean forPages = path.equals(SOCKET) || path.equals(EVENTS);
        return forPages && request.getMethod().equals("GET") ? request.getParameter("ticket") : null;
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }
}
