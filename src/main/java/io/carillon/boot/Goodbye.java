package io.carillon.boot;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Stops the hub when the application goes down, while its clients can still be written to.
 *
 * <p>A servlet because servlets are destroyed first: on TomEE the WebSocket container has closed every socket before a
 * context listener hears of it, and EJBs go last everywhere. It needs an address to be loaded, but serves nothing there.
 * On WildFly a signal to the whole server closes the sockets (1001) before anything of the application is told.
 */
@WebServlet(urlPatterns = "/v1/goodbye", loadOnStartup = 1, asyncSupported = true)
public class Goodbye extends HttpServlet {
    @Inject
    transient Wiring wiring;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    @Override
    public void destroy() {
        wiring.stop();
    }
}
