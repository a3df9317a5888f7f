package io.carillon.undertow;

import io.carillon.publish.PlainAddress;
import io.carillon.publish.PromptPublisher;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** {@code POST} to a plain address, with a body that is short, and of a length that is said. */
record PublishRoute(ServletContext context) implements Route {
    private static final String PUBLISHER = PromptPublisher.class.getName();

    @Override
    public @Nullable Errand errand(HttpServerExchange exchange, String path) {
        if (!exchange.getRequestMethod().equals(Methods.POST)
                || !exchange.getQueryString().isEmpty()
                || !(context.getAttribute(PUBLISHER) instanceof PromptPublisher publisher)) {
            return null;
        }
        PlainAddress address = PlainAddress.of(path);
        int length = length(exchange.getRequestHeaders());
        return address == null || length < 0
                ? null
                : (visitor, answer) -> new PublishErrand(exchange, publisher, address, visitor, answer, length).start();
    }

    /** Bytes of the body; -1 if it is too long for here, or the client does not say or does not just send it. */
    private static int length(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        if (length == null
                || length.length() > 5
                || headers.contains(Headers.TRANSFER_ENCODING)
                || headers.contains(Headers.EXPECT)
                || headers.contains(Headers.UPGRADE)) {
            return -1;
        }
        try {
            int bytes = Integer.parseInt(length);
            return bytes <= PromptPublisher.LONGEST ? bytes : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
