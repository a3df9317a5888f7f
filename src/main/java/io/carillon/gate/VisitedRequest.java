package io.carillon.gate;

import io.carillon.auth.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request that has passed the gate. */
final class VisitedRequest extends HttpServletRequestWrapper {
    private final Visitor visitor;

    VisitedRequest(HttpServletRequest request, Visitor visitor) {
        super(request);
        this.visitor = visitor;
    }

    @Override
    public Principal getUserPrincipal() {
        return visitor;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return visitor.identity().subject();
    }
}
