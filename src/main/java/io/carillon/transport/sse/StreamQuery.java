package io.carillon.transport.sse;

import io.carillon.auth.Visitor;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.SseEncoder;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks for who asks for an event stream, and the head of the answer. */
record StreamQuery(
        List<ChannelPattern> channels,
        boolean envelope,
        @Nullable Long since,
        @Nullable String client) {

    /**
     * As it stands in the address and in the browser's own header.
     *
     * @throws RuntimeException for the first that means nothing, as the protocol's parsers throw it
     */
    static StreamQuery parse(
            @Nullable List<String> channel,
            @Nullable String envelope,
            @Nullable String since,
            @Nullable String lastId,
            @Nullable String lastEventId,
            @Nullable String client,
            String defaultChannel) {
        // The browser's own header is newer than what the page wrote into the address.
        String cursor = lastEventId == null || lastEventId.isEmpty()
                ? since == null || since.isEmpty() ? lastId : since
                : lastEventId;
        String name = ClientNames.parse(client);
        List<ChannelPattern> channels = ChannelQuery.parse(channel, defaultChannel);
        return new StreamQuery(channels, "1".equals(envelope), Cursors.parse(cursor), name);
    }

    Opening opening(Visitor visitor) {
        return new Opening(visitor.client(Transport.SSE, client), channels, since, null);
    }

    SseEncoder encoder() {
        boolean plain = channels.size() == 1 && !channels.get(0).wildcard() && !envelope;
        return plain ? SseEncoder.PLAIN : SseEncoder.ENVELOPE;
    }

    static void head(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
    }
}
