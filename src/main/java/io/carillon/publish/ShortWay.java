package io.carillon.publish;

import io.carillon.auth.Visitor;
import io.carillon.protocol.WireWriter;
import io.carillon.transport.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the usual request to publish before JAX-RS does, which costs more than all that the hub does for it (docs/adr/0015). It
 * is one that has passed the gate, whose address is plain: nothing in it is encoded, and there is no query. All others go on
 * to {@link ChannelResource} and {@link BatchResource}; the answer is the same, since {@link Publisher} makes both.
 *
 * <p>{@link Signpost} puts it behind the gate. In front of it, or without one, it would find no {@link Visitor}, and let everything
 * pass.
 */
public class ShortWay extends HttpFilter {
    private static final long serialVersionUID = 1L;
    static final String ALL = "/v1/publications";
    static final String BEFORE = "/v1/channels/";
    private static final String BEHIND = "/publications";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Publisher publisher;

    /** What is asked of the publisher. */
    private interface Work {
        WireWriter answer() throws IOException;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")
                && request.getQueryString() == null
                && request.getUserPrincipal() instanceof Visitor visitor) {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            if (path.equals(ALL)) {
                answer(response, () -> Answers.published(publisher.all(visitor, body(request))));
                return;
            }
            String channel = channel(path);
            if (channel != null) {
                answer(
                        response,
                        () -> Answers.published(publisher.one(visitor, channel, headers(request), body(request))));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** The one of {@code /v1/channels/<channel>/publications}; null for another path, and for a name that has to be decoded or resolved. */
    static @Nullable String channel(String path) {
        int end = path.length() - BEHIND.length();
        if (end <= BEFORE.length() || !path.startsWith(BEFORE) || !path.endsWith(BEHIND)) {
            return null;
        }
        for (int i = BEFORE.length(); i < end; i++) {
            char c = path.charAt(i);
            boolean leading = i == BEFORE.length();
            if (c == '%' || c == ';' || c == '/' || (c == '.' && leading)) {
                return null;
            }
        }
        return path.substring(BEFORE.length(), end);
    }

    private static Attributes headers(HttpServletRequest request) {
        return new Attributes(
                request.getHeader("Carillon-Event"),
                request.getHeader("Carillon-TTL"),
                request.getHeader("Idempotency-Key"),
                null);
    }

    private static Body body(HttpServletRequest request) throws IOException {
        return new Body(request.getInputStream(), request.getContentType(), request.getHeader("Content-Length"));
    }

    private static void answer(HttpServletResponse response, Work work) throws IOException {
        WireWriter to;
        try {
            to = work.answer();
        } catch (IOException | RuntimeException | Error e) {
            Refusal.write(response, Problems.fault(e));
            return;
        }
        byte[] json = to.toBytes();
        response.setStatus(Answers.CREATED);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
