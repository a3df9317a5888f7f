package io.carillon.monitor;

import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.protocol.ProtocolException;
import io.carillon.transport.Nearby;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Who may see the hub's figures, as {@code carillon.metrics.access} says. */
@ApplicationScoped
public class Observers {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessPolicy policy;

    /** @throws ProtocolException for who may not */
    void check(HttpServletRequest request) {
        String access = config.name(Key.METRICS_ACCESS);
        boolean open = access.equals("everybody") || (access.equals("local") && Nearby.sentFromHere(request));
        if (!open) {
            policy.checkAdmin(Visitor.of(request.getUserPrincipal()).identity());
        }
    }

    boolean may(HttpServletRequest request) {
        try {
            check(request);
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }
}
