package io.carillon.undertow;

import io.carillon.gate.OtherFilters;
import io.carillon.transport.longpoll.Polls;
import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Who else looks at requests to publish and at polls, and might refuse them: a filter of the application around the hub, such as one by which somebody
 * logs in, a handler that the administrator has given it ({@code undertow-handlers.conf}), a security constraint.
 */
final class Neighbours {
    private static final System.Logger LOG = System.getLogger(Neighbours.class.getName());

    /** By which WildFly is suspended, and knows what is under way. */
    private static final String SUSPENSION =
            "org.wildfly.extension.undertow.deployment.ControlPointDeploymentInfoConfigurator";

    /**
     * Begin the names of handlers that refuse nothing: those for the container's own authorization and identity, which are not asked here,
     * and the one that waits until the application has started, as the request has that made the filters, and so opened this way.
     */
    private static final List<String> HANDLERS = List.of(
            "io.carillon.",
            SUSPENSION,
            "org.wildfly.extension.undertow.deployment.UndertowDeploymentProcessor",
            "org.wildfly.extension.undertow.security.jacc.JACCContextIdHandler",
            "org.wildfly.elytron.web.");

    private static final List<String> PATHS = List.of("/v1/publications", "/v1/channels/", Polls.PATH);

    private Neighbours() {}

    /** True if there is nobody. */
    static boolean none(DeploymentInfo deployment, ServletContext context) {
        String filter = OtherFilters.before(context, PATHS);
        if (filter != null) {
            return found(filter);
        }
        for (HandlerWrapper wrapper : handlers(deployment)) {
            String name = wrapper.getClass().getName();
            if (HANDLERS.stream().noneMatch(name::startsWith)) {
                return found(name);
            }
        }
        if (!deployment.getSecurityConstraints().isEmpty()) {
            return found("a security constraint");
        }
        return true;
    }

    private static List<HandlerWrapper> handlers(DeploymentInfo deployment) {
        List<HandlerWrapper> all = new ArrayList<>(deployment.getInitialHandlerChainWrappers());
        all.addAll(deployment.getOuterHandlerChainWrappers());
        all.addAll(deployment.getInnerHandlerChainWrappers());
        return all;
    }

    private static boolean found(String name) {
        LOG.log(
                Level.INFO,
                "requests to publish, and polls, go by the servlets, since this may want to see them: {0}",
                name);
        return false;
    }

    /** Puts what suspends the application in front of a handler, which must dispatch. */
    static HttpHandler suspension(DeploymentInfo deployment, HttpHandler next) {
        HttpHandler chain = next;
        for (HandlerWrapper wrapper : suspending(deployment)) {
            chain = wrapper.wrap(chain);
        }
        return chain;
    }

    /** Those by which WildFly suspends the application, the innermost first. */
    static List<HandlerWrapper> suspending(DeploymentInfo deployment) {
        List<HandlerWrapper> all = new ArrayList<>(deployment.getOuterHandlerChainWrappers());
        all.addAll(deployment.getInitialHandlerChainWrappers());
        all.removeIf(wrapper -> !wrapper.getClass().getName().startsWith(SUSPENSION));
        return all;
    }
}
