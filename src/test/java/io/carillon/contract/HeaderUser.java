package io.carillon.contract;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Runs inside the server under test: whoever a header names is the user, as a login in front of the hub would do it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HeaderUser extends HttpFilter {
    public static final String HEADER = "X-Test-User";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String user = request.getHeader(HEADER);
        chain.doFilter(user == null ? request : new Named(request, user), response);
    }

    private static final class Named extends HttpServletRequestWrapper {
        private final String user;

        Named(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public String getRemoteUser() {
            return user;
        }
    }
}
