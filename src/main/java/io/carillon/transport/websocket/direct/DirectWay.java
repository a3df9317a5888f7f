package io.carillon.transport.websocket.direct;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.transport.websocket.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
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

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Provider<Hub> hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Provider<Reception> reception;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (!context.getClass().getName().startsWith("io.undertow.") || !config.flag(Key.WEBSOCKET_DIRECT)) {
            return;
        }
        Filter endpoint;
        try {
            endpoint = Class.forName(ENDPOINT)
                    .asSubclass(Filter.class)
                    .getConstructor(Hub.class, Reception.class)
                    .newInstance(hub.get(), reception.get());
            Class.forName("org.xnio.StreamConnection", false, DirectWay.class.getClassLoader());
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the application does not see the server''s modules ({0}), so the server keeps the WebSockets",
                    e.toString());
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter("direct-websocket", endpoint);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/v1/ws");
    }
}
