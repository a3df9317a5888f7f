package io.carillon.wire;

import jakarta.servlet.ServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * What lies beneath a servlet's request on Payara, whose public types do not say. Of the classes between, which have names of Tomcat's, none is
 * here to be compiled against.
 */
record GrizzlyRequest(Object catalinas, Request request, NIOConnection connection) {
    private static final System.Logger LOG = System.getLogger(GrizzlyRequest.class.getName());

    /** Begin the names of valves that let each request pass, and make of the same request the same. */
    private static final List<String> VALVES =
            List.of("org.apache.catalina.core.Standard", "org.apache.catalina.authenticator.BasicAuthenticator");

    /** Null if it stands on something else. */
    static @Nullable GrizzlyRequest of(ServletRequest servlets) {
        ServletRequest inner = Takeover.unwrapped(servlets);
        try {
            Object catalina = call(inner, "getUnwrappedCoyoteRequest");
            if (call(catalina, "getCoyoteRequest") instanceof Request grizzly) {
                Connection<?> connection = grizzly.getContext().getConnection();
                return connection instanceof NIOConnection nio ? new GrizzlyRequest(catalina, grizzly, nio) : null;
            }
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "the server keeps its connections: {0}", e.toString());
        }
        return null;
    }

    private static Object call(Object on, String method) throws ReflectiveOperationException {
        return on.getClass().getMethod(method).invoke(on);
    }

    /** Whether what goes over its connection is what we write. */
    boolean plain() {
        return SSLUtils.getSSLEngine(connection) == null;
    }

    /** Null if what its connection has read goes another way. */
    @Nullable
    FilterChain chain() {
        return connection.getProcessor() instanceof FilterChain chain
                        && request.getContext().getFilterChain() == chain
                ? chain
                : null;
    }

    /** Whether nobody on its way to the application wants to see each request, as a log of them does. */
    boolean unobserved() {
        try {
            for (Object at = call(catalinas, "getWrapper"); at != null; at = call(at, "getParent")) {
                for (Object valve : (Object[]) call(call(at, "getPipeline"), "getValves")) {
                    String name = valve.getClass().getName();
                    if (VALVES.stream().noneMatch(name::startsWith)) {
                        LOG.log(
                                System.Logger.Level.DEBUG,
                                "each poll is parsed, as this may want to see it: {0}",
                                name);
                        return false;
                    }
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "each poll is parsed, as the request is another: {0}", e.toString());
            return false;
        }
    }

    /** What the server puts into the head of each answer to a request like this. */
    Map<String, String> fields(GrizzlyInside inside) {
        Map<String, String> fields = new HashMap<>();
        String server = request.getResponse().getResponse().getHeader(Header.Server);
        if (server != null) {
            fields.put("Server", server);
        }
        if (inside.frames() != null) {
            fields.put("X-Frame-Options", inside.frames());
        }
        return fields;
    }
}
