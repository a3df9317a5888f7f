package io.carillon.admin;

import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Identity;
import io.carillon.auth.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;

/** Lets in who may ask for what is below {@code v1/admin}. */
@ApplicationScoped
public class Administrators {
    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessPolicy policy;

    /**
     * Who asks.
     *
     * @throws io.carillon.protocol.ProtocolException if he is no administrator
     */
    Identity check(SecurityContext caller) {
        Identity who = Visitor.of(caller.getUserPrincipal()).identity();
        policy.checkAdmin(who);
        return who;
    }
}
