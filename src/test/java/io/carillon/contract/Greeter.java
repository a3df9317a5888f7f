package io.carillon.contract;

import io.carillon.core.Connection;
import io.carillon.core.ConnectionListener;
import io.carillon.core.Hub;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Goes into the WAR of a test: says on which thread the last connection joined, and how many there are. */
@WebServlet(urlPatterns = "/greeter", loadOnStartup = 1)
public class Greeter extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Hub hub;

    private transient volatile String thread = "";

    @Override
    public void init() {
        hub.listen(new ConnectionListener() {
            @Override
            public void joined(Connection connection) {
                thread = Thread.currentThread().getName();
            }

            @Override
            public void left(Connection connection) {
                // Only who comes.
            }
        });
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(hub.connections().count() + " " + thread);
    }
}
