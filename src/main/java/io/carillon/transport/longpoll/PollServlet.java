package io.carillon.transport.longpoll;

import io.carillon.auth.Refusals;
import io.carillon.auth.Visitor;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.protocol.Fault;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/** {@code GET v1/poll}: answers at once when something follows the cursor, else holds the request. */
@WebServlet(urlPatterns = Polls.PATH, asyncSupported = true)
public class PollServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Polls polls;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Refusals refusals;

    @Override
    public void init() {
        getServletContext().setAttribute(Polls.class.getName(), polls);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Opening opening;
        try {
            PollQuery query = polls.read(
                    name -> {
                        String[] values = request.getParameterValues(name);
                        return values == null ? null : Arrays.asList(values);
                    },
                    request.getHeader("If-None-Match"));
            opening = polls.admit(Visitor.of(request.getUserPrincipal()), query);
        } catch (RuntimeException e) {
            Refusal.write(response, Fault.of(e));
            return;
        }
        AsyncContext context = request.startAsync();
        try {
            polls.hold(opening, new ServletPollOutlet(context, hub::after));
        } catch (RuntimeException e) {
            Fault fault = Fault.of(e);
            refusals.count(Refusals.What.SUBSCRIBE, fault.code());
            Refusal.write(response, fault);
            context.complete();
        }
    }
}
