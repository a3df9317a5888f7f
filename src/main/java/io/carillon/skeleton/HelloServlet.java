package io.carillon.skeleton;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code GET v1/hello-servlet}, answered asynchronously: a servlet may live beside JAX-RS, under the same path. */
@WebServlet(urlPatterns = "/v1/hello-servlet", asyncSupported = true)
public class HelloServlet extends HttpServlet {
    @Inject
    transient Greeting greeting;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        var async = request.startAsync();
        async.start(() -> {
            try {
                response.setContentType("text/plain");
                response.getWriter().print(greeting.from("servlet"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                async.complete();
            }
        });
    }
}
