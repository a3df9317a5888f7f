package io.carillon.gate;

import io.carillon.transport.Nearby;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** One that a servlet container has brought, on any server. */
record ServletArrival(HttpServletRequest request, HttpServletResponse response, String path) implements Arrival {
    static ServletArrival of(HttpServletRequest request, HttpServletResponse response) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return new ServletArrival(request, response, path);
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public String peer() {
        return String.valueOf(request.getRemoteAddr());
    }

    @Override
    public boolean cameInHere() {
        return Nearby.cameInHere(request);
    }

    @Override
    public @Nullable String ticket() {
        return request.getParameter("ticket");
    }

    @Override
    public @Nullable String login() {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean inRole(String role) {
        return request.isUserInRole(role);
    }

    @Override
    public void set(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void add(String name, String value) {
        response.addHeader(name, value);
    }
}
