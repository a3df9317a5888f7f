package io.carillon.monitor;

import io.carillon.auth.Refusals;
import io.carillon.core.Hub;
import io.carillon.protocol.ProtocolException;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: what Prometheus scrapes, for whom {@link Observers} lets. Owns the registry, from its start to its end. */
@WebServlet(urlPatterns = "/metrics", loadOnStartup = 2, asyncSupported = true)
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Refusals refusals;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Build build;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Observers observers;

    private transient @Nullable Metrics metrics;

    @Override
    public void init() {
        metrics = new Metrics(hub, refusals, build);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Metrics known = metrics;
        try {
            observers.check(request);
        } catch (ProtocolException e) {
            Refusal.write(response, e.fault());
            return;
        }
        if (known == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        known.scrape(request.getHeader("Accept")).answer(request, response);
    }

    @Override
    public void destroy() {
        Metrics known = metrics;
        metrics = null;
        if (known != null) {
            known.close();
        }
    }
}
