package io.carillon.transport.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives event streams a {@link LeanContext}. */
@WebFilter(urlPatterns = "/v1/events", asyncSupported = true)
public class LeanRequestFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new LeanRequest(request), response);
    }

    private static final class LeanRequest extends HttpServletRequestWrapper {
        private @Nullable LeanContext context;

        LeanRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync() {
            return lean(super.startAsync());
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            return lean(super.startAsync(request, response));
        }

        @Override
        public AsyncContext getAsyncContext() {
            LeanContext started = context;
            return started == null ? super.getAsyncContext() : started;
        }

        private LeanContext lean(AsyncContext container) {
            LeanContext started = new LeanContext(container);
            context = started;
            return started;
        }
    }
}
