package io.carillon.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request heads that clients on a bare socket send. */
final class Requests {
    private Requests() {}

    static byte[] webSocket(Target target, List<String> channels, @Nullable Long cursor) {
        return get(target, "v1/ws" + Target.query(channels, "since", cursor), """
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                """);
    }

    static byte[] events(Target target, List<String> channels, @Nullable Long cursor) {
        return get(
                target,
                "v1/events" + Target.query(channels, "since", null),
                "Accept: text/event-stream\r\n" + (cursor == null ? "" : "Last-Event-ID: " + cursor + "\r\n"));
    }

    static byte[] poll(Target target, List<String> channels, @Nullable Long cursor, int timeout) {
        String query = Target.query(channels, "last_id", cursor);
        return get(target, "v1/poll" + query + (query.isEmpty() ? "?" : "&") + "timeout=" + timeout, "");
    }

    static byte[] get(Target target, String path, String headers) {
        return ("GET " + target.pathOf(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + target.port() + "\r\n"
                        + target.headerLines() + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
