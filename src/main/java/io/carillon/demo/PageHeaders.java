package io.carillon.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What goes with every file that is served: the demo page and the console, and the client, which pages of other origins may load, too.
 *
 * <p>Nothing but the page's own files runs on it, whatever a stranger publishes. And no copy is kept: all files of the WAR
 * are of the same date, in every version, so a browser that asks whether its copy is still good would be told yes.
 */
@WebFilter(
        urlPatterns = {"/", "/index.html", "/demo/*", "/admin/*", PageHeaders.CLIENT, PageHeaders.TABS},
        asyncSupported = true)
public class PageHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;

    static final String CLIENT = "/carillon.js";
    static final String TABS = "/carillon-tabs.js";

    /** {@code 'self'} covers the WebSocket of the same origin. */
    static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        if (request.getServletPath().equals(CLIENT) || request.getServletPath().equals(TABS)) {
            response.setHeader("Access-Control-Allow-Origin", "*");
        }
        chain.doFilter(request, response);
    }
}
