package io.carillon.support;

import io.carillon.auth.Identity;
import io.carillon.auth.Visitor;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who calls a resource, as a server would tell it after the gate. */
public final class Callers {
    private Callers() {}

    /** Somebody on this machine. */
    public static SecurityContext of(Identity identity) {
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return new Visitor(identity, "127.0.0.1");
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return "";
            }
        };
    }
}
