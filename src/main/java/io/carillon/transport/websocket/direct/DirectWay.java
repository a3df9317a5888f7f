package io.carillon.transport.websocket.direct;

import io.carillon.config.Config;
import io.carillon.config.Key;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/** Puts {@link DirectEndpoint} behind the gate where there is Undertow. Names it as text: elsewhere it cannot be loaded. */
@WebListener
public class DirectWay implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(DirectWay.class.getName());
    private static final String ENDPOINT = "io.carillon.transport.websocket.direct.DirectEndpoint";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (!context.getClass().getName().startsWith("io.undertow.") || !config.flag(Key.WEBSOCKET_DIRECT)) {
            return;
        }
        try {
            Class.forName("io.undertow.server.HttpServerExchange", false, DirectWay.class.getClassLoader());
            Class.forName("org.xnio.StreamConnection", false, DirectWay.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the application does not see the server''s modules ({0}), so the server keeps the WebSockets",
                    e.toString());
            return;
        }
        var filter = context.addFilter("direct-websocket", ENDPOINT);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/v1/ws");
    }
}
