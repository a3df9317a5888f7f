package io.carillon.wire;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Container;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/** What lies beneath a servlet's request on Tomcat, which gives it to nobody: so it is found by reflection. */
record TomcatRequest(Request request, Http11NioProtocol protocol) {
    private static final System.Logger LOG = System.getLogger(TomcatRequest.class.getName());

    /** Begin the names of valves that let each request pass, and make of the same request the same. */
    private static final List<String> VALVES = List.of(
            "org.apache.catalina.core.Standard",
            "org.apache.catalina.valves.RemoteIpValve",
            "org.apache.catalina.valves.ErrorReportValve",
            "org.apache.catalina.authenticator.NonLoginAuthenticator",
            "org.apache.tomee.",
            "org.apache.openejb.");

    /** Null if it is another than we know, or has come by something else than HTTP/1.1. */
    static @Nullable TomcatRequest of(ServletRequest servlets) {
        ServletRequest inner = Takeover.unwrapped(servlets);
        try {
            if (inner instanceof RequestFacade) {
                Field field = RequestFacade.class.getDeclaredField("request");
                field.setAccessible(true);
                Request request = (Request) field.get(inner);
                return request.getConnector().getProtocolHandler() instanceof Http11NioProtocol protocol
                        ? new TomcatRequest(request, protocol)
                        : null;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "each poll is parsed, as the request is another: {0}", e.toString());
        }
        return null;
    }

    /** Whether what goes over its connection is what we write. */
    boolean plain() {
        return !protocol.isSSLEnabled();
    }

    /** Whether nobody on its way to the application wants to see each request: a log of them, or who changes the answers. */
    boolean unobserved() {
        if (!protocol.getCompression().equals("off")) {
            return false;
        }
        for (Container at = request.getWrapper(); at != null; at = at.getParent()) {
            for (Valve valve : at.getPipeline().getValves()) {
                String name = valve.getClass().getName();
                if (VALVES.stream().noneMatch(name::startsWith)) {
                    LOG.log(System.Logger.Level.DEBUG, "each poll is parsed, as this may want to see it: {0}", name);
                    return false;
                }
            }
        }
        return true;
    }

    /** Has Tomcat take its answer for sent, so that it sends none. */
    void leaveUnanswered() {
        request.getResponse().getCoyoteResponse().setCommitted(true);
    }

    long idleMillis() {
        return protocol.getKeepAliveTimeout();
    }

    /** What Tomcat puts into the head of an answer to this request, and to those that are the same. */
    Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        if (protocol.getServer() != null) {
            fields.put("Server", protocol.getServer());
        }
        long seconds = idleMillis() / 1000;
        if (request.getHeader("Connection") != null && protocol.getUseKeepAliveResponseHeader() && seconds > 0) {
            fields.put("Connection", "keep-alive");
            fields.put("Keep-Alive", "timeout=" + seconds);
        }
        return fields;
    }
}
