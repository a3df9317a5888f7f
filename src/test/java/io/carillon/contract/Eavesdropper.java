package io.carillon.contract;

import io.carillon.core.Hub;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Goes into the WAR of a test: says on which thread the last publication was acknowledged. */
@WebServlet(urlPatterns = "/eavesdropper", loadOnStartup = 1)
public class Eavesdropper extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Hub hub;

    private transient volatile String thread = "";

    @Override
    public void init() {
        hub.listen((batch, answers) -> thread = Thread.currentThread().getName());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(thread);
    }
}
