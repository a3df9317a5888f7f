package io.carillon.auth;

import io.carillon.core.Client;
import io.carillon.core.Transport;
import io.carillon.protocol.Fault;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who came with a request. The gate puts one on each request as its principal, also for strangers: the one thing that
 * all containers hand on unchanged from a filter to a servlet, a resource and a WebSocket session.
 *
 * @param address where the request comes from, proxies that are trusted left out
 * @param refusal why a credential that came with a WebSocket handshake does not hold: browsers hide a refused handshake
 *     from the page, so the socket says it; else null
 */
public record Visitor(
        Identity identity, String address, @Nullable Fault refusal) implements Principal {
    private static final Visitor UNKNOWN = new Visitor(Identity.STRANGER, "", null);

    public Visitor(Identity identity, String address) {
        this(identity, address, null);
    }

    /** The one that the gate has put there. Anybody else's principal is worth nothing: it has not been looked at. */
    public static Visitor of(@Nullable Principal principal) {
        return principal instanceof Visitor visitor ? visitor : UNKNOWN;
    }

    /**
     * Him, on a transport.
     *
     * @param name by which his client calls itself; null if it does not
     */
    public Client client(Transport transport, @Nullable String name) {
        return new Client(transport, identity.subject(), address, identity.credential(), name);
    }

    @Override
    public String getName() {
        return identity.toString();
    }
}
