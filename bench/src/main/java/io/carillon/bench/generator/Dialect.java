package io.carillon.bench.generator;

import java.util.List;

/** What a server wants to hear from those who subscribe and those who publish. {@code {ch}} stands for the channel. */
public enum Dialect {
    CARILLON("/v1/channels/{ch}/publications", "application/json", "\""),
    NCHAN("/pub/{ch}", "text/plain", ""),
    /** Servers that this project's bench has written itself, in the simplest way. */
    PLAIN("/pub/{ch}", "text/plain", ""),
    SOCKET_IO("/pub/{ch}", "text/plain", "");

    private final String publish;
    private final String contentType;
    private final String quote;

    Dialect(String publish, String contentType, String quote) {
        this.publish = publish;
        this.contentType = contentType;
        this.quote = quote;
    }

    /** What its subscribers may be served by, here. */
    public List<Transport> transports() {
        return switch (this) {
            case CARILLON, NCHAN -> List.of(Transport.WS, Transport.SSE, Transport.LP);
            case PLAIN -> List.of(Transport.WS, Transport.SSE);
            case SOCKET_IO -> List.of(Transport.WS);
        };
    }

    /** @param since a cursor or empty: from now; only the hub's clients have one */
    String subscribe(Transport transport, String channel, String since) {
        String cursor = since.isEmpty() ? "" : "&since=" + since;
        return switch (this) {
            case CARILLON ->
                switch (transport) {
                    case WS -> "/v1/ws?channel=" + channel + "&batch=1" + cursor;
                    case SSE -> "/v1/events?channel=" + channel + cursor;
                    case LP -> "/v1/poll?channel=" + channel + cursor;
                };
            case NCHAN -> "/sub/" + channel;
            case PLAIN -> (transport == Transport.WS ? "/ws/" : "/sse/") + channel;
            case SOCKET_IO -> "/socket.io/?EIO=4&transport=websocket";
        };
    }

    String publish(int batch) {
        return batch == 1 ? publish : "/v1/publications";
    }

    String contentType() {
        return contentType;
    }

    /** What stands before and after the data of a publication that is alone in its request. */
    String quote() {
        return quote;
    }
}
