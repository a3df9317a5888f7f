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
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request, and whether he may come in at all. Of several credentials the first
 * counts: a bearer token, a ticket, the container's own login. One that does not hold is refused here and now, even
 * where strangers are welcome: whoever shows it means to be somebody. What is refused is counted. Safe for concurrent use.
 */
@Dependent
public class Doorkeeper {
    private static final String BEARER = "Bearer ";
    private static final String SOCKET = "/v1/ws";
    private static final String EVENTS = "/v1/events";

    private final TokenVerifier tokens;
    private final Tickets tickets;
    private final Roles roles;
    private final Revocations revocations;
    private final Proxies proxies;
    private final Limits limits;
    private final Refusals refusals;
    private final boolean demo;
    private final CrossSite crossSite;

    @Inject
    public Doorkeeper(
            TokenVerifier tokens,
            Tickets tickets,
            Roles roles,
            Revocations revocations,
            Proxies proxies,
            Limits limits,
            Refusals refusals,
            Config config) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.roles = roles;
        this.revocations = revocations;
        this.proxies = proxies;
        this.limits = limits;
        this.refusals = refusals;
        this.demo = config.flag(Key.DEMO);
        this.crossSite = new CrossSite(new OriginPolicy(config.name(Key.ORIGINS)));
    }

    /**
     * Who it is. May block for some seconds, while the keys of tokens are being fetched.
     *
     * @return null if the answer is complete with the headers that it has got: 204
     * @throws ProtocolException he may not come in
     */
    public @Nullable Visitor admit(Arrival arrival) {
        return admit(arrival, tokens::verify);
    }

    /** False if {@link #admitAtOnce} never can say it. */
    public boolean saysAtOnce() {
        return !demo;
    }

    /**
     * The same for a thread that must not block.
     *
     * @return null if this cannot be said at once: then {@link #admit} can, of a request that the container has looked at
     */
    public @Nullable Visitor admitAtOnce(Arrival arrival) {
        return demo ? null : admit(arrival, tokens::recall);
    }

    /** Whether it shows a token: then nobody asks who he is for the container. */
    public static boolean showsToken(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Whether a header of an answer is one of those that he puts there. */
    public static boolean sets(String header) {
        return CrossSite.sets(header);
    }

    /** For an answer of which only the status is known. */
    public void count(Arrival arrival, int status) {
        refusals.count(what(arrival), status);
    }

    private @Nullable Visitor admit(Arrival arrival, Function<String, @Nullable Identity> identities) {
        Refusals.What what = what(arrival);
        try {
            checkPlace(arrival);
            if (crossSite.answer(arrival)) {
                return null;
            }
            Visitor visitor = visitor(arrival, identities);
            if (visitor != null && what == Refusals.What.SUBSCRIBE) {
                limits.checkConnection(visitor);
            }
            return visitor;
        } catch (ProtocolException e) {
            refusals.count(what, e.code());
            throw e;
        }
    }

    /** The demo mode opens too much for anybody but who sits at this machine. */
    private void checkPlace(Arrival arrival) {
        if (demo && !arrival.cameInHere()) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN, "the hub is in demo mode (carillon.demo), which answers on loopback only");
        }
    }

    private @Nullable Visitor visitor(Arrival arrival, Function<String, @Nullable Identity> identities) {
        String address = proxies.origin(arrival.peer(), arrival.header("X-Forwarded-For"));
        String authorization = arrival.header("Authorization");
        if (authorization != null && showsToken(authorization)) {
            Identity identity =
                    identities.apply(authorization.substring(BEARER.length()).trim());
            return identity == null ? null : new Visitor(identity, address);
        }
        Identity here = loggedIn(arrival);
        if (!here.stranger()) {
            crossSite.checkLogin(arrival);
        }
        String ticket = ticket(arrival);
        if (ticket == null) {
            return new Visitor(here, address);
        }
        try {
            return new Visitor(tickets.redeem(ticket, here), address);
        } catch (ProtocolException e) {
            if (arrival.path().equals(SOCKET)) {
                return new Visitor(Identity.STRANGER, address, e.fault());
            }
            throw e;
        }
    }

    private Identity loggedIn(Arrival arrival) {
        String name = arrival.login();
        if (name == null || name.isEmpty()) {
            return Identity.STRANGER;
        }
        Identity identity = roles.identity(name, arrival::inRole);
        revocations.check(identity);
        return identity;
    }

    /** Only where a page cannot set a header, and only in the address: nothing of the body may be read here. */
    private static @Nullable String ticket(Arrival arrival) {
        String path = arrival.path();
        boolean forPages = path.equals(SOCKET) || path.equals(EVENTS);
        return forPages && arrival.method().equals("GET") ? arrival.ticket() : null;
    }

    private static Refusals.What what(Arrival arrival) {
        return Refusals.What.of(arrival.method(), arrival.path());
    }
}
