package io.carillon.gate;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters of the application around the hub, such as one by which somebody logs in, that look at requests and might refuse them. */
public final class OtherFilters {
    /**
     * Begin the names of those that refuse nothing: what the first two do is done without them, those of websockets look at handshakes only, and
     * TomEE's have the request at hand for its other parts, and count what JAX-RS answers.
     */
    private static final List<String> KNOWN = List.of(
            "io.carillon.gate.Gate",
            "io.carillon.publish.ShortWay",
            "io.undertow.websockets.jsr.JsrWebSocketFilter",
            "org.apache.tomcat.websocket.server.WsFilter",
            "org.glassfish.tyrus.servlet.TyrusServletFilter",
            "org.apache.tomee.webservices.",
            "org.apache.openejb.server.httpd.",
            "io.smallrye.metrics.jaxrs.");

    private OtherFilters() {}

    /**
     * The class of one that might be asked; null if there is none.
     *
     * @param paths below the context root, or what they begin with
     */
    public static @Nullable String before(ServletContext context, Collection<String> paths) {
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            boolean there = filter.getUrlPatternMappings().stream().anyMatch(pattern -> reaches(pattern, paths))
                    || !filter.getServletNameMappings().isEmpty();
            String name = String.valueOf(filter.getClassName());
            if (there && KNOWN.stream().noneMatch(name::startsWith)) {
                return name;
            }
        }
        return null;
    }

    /** Whether a filter with this pattern might be asked. */
    static boolean reaches(String pattern, Collection<String> paths) {
        boolean open = pattern.endsWith("*");
        String start = open ? pattern.substring(0, pattern.length() - 1) : pattern;
        return paths.stream()
                .anyMatch(path -> path.startsWith(start) ? open || path.equals(start) : start.startsWith(path));
    }
}
