package io.carillon.monitor;

import io.carillon.core.Hub;
import io.carillon.core.HubFigures;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /health/live}, {@code /health/ready}, and both as {@code /health}: 200 when all is up, else 503. Open to strangers, who
 * hear what is down and not why. No lock, no session, nothing that waits: it answers when all else hangs.
 */
@WebServlet(urlPatterns = "/health/*", asyncSupported = true)
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Observers observers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        HubFigures figures = hub.figures();
        Health health;
        if (path == null || path.equals("/")) {
            health = Health.all(figures);
        } else if (path.equals("/live")) {
            health = Health.live(figures);
        } else if (path.equals("/ready")) {
            health = Health.ready(figures);
        } else {
            Refusal.write(
                    response,
                    new Fault(ErrorCode.NOT_FOUND, "there is /health/live, /health/ready, and both as /health"));
            return;
        }
        response.setStatus(health.up() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        new Page("application/json", health.json(observers.may(request))).answer(request, response);
    }
}
