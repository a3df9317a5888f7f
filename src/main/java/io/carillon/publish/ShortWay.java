package io.carillon.publish;

import io.carillon.auth.Visitor;
import io.carillon.protocol.Reply;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
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

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Publisher publisher;

    @Override
    public void init() {
        getServletContext().setAttribute(PromptPublisher.class.getName(), new PromptPublisher(publisher));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")
                && request.getQueryString() == null
                && request.getUserPrincipal() instanceof Visitor visitor) {
            PlainAddress address = PlainAddress.of(
                    request.getRequestURI().substring(request.getContextPath().length()));
            if (address != null) {
                write(reply(visitor, address, request), response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Reply reply(Visitor visitor, PlainAddress address, HttpServletRequest request) {
        try {
            Body body =
                    new Body(request.getInputStream(), request.getContentType(), request.getHeader("Content-Length"));
            String channel = address.channel();
            return channel == null
                    ? Replies.of(publisher.all(visitor, body))
                    : Replies.of(publisher.one(visitor, channel, attributes(request::getHeader), body));
        } catch (IOException | RuntimeException | Error e) {
            return Replies.refusing(e);
        }
    }

    /** @param headers the first of a name, or null */
    static Attributes attributes(Function<String, @Nullable String> headers) {
        return new Attributes(
                headers.apply("Carillon-Event"), headers.apply("Carillon-TTL"), headers.apply("Idempotency-Key"), null);
    }

    private static void write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setContentType(reply.type());
        reply.fields(response::setHeader);
        response.setContentLength(reply.body().length);
        response.getOutputStream().write(reply.body());
    }
}
