package io.carillon.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request heads that clients on a bare socket send. */
public final class Requests {
    private Requests() {}

    public static byte[] webSocket(Target target, List<String> channels, @Nullable Long cursor) {
        return get(target, "v1/ws" + Target.query(channels, "since", cursor), """
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                """);
    }

    public static byte[] events(Target target, List<String> channels, @Nullable Long cursor) {
        return get(
                target,
                "v1/events" + Target.query(channels, "since", null),
                "Accept: text/event-stream\r\n" + (cursor == null ? "" : "Last-Event-ID: " + cursor + "\r\n"));
    }

    public static byte[] poll(Target target, List<String> channels, @Nullable Long cursor, int timeout) {
        String query = Target.query(channels, "last_id", cursor);
        return get(target, "v1/poll" + query + (query.isEmpty() ? "?" : "&") + "timeout=" + timeout, "");
    }

    public static byte[] get(Target target, String path, String headers) {
        return ("GET " + target.pathOf(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + target.port() + "\r\n"
                        + target.headerLines() + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] post(Target target, String path, String headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        return ("POST " + target.pathOf(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + target.port() + "\r\n"
                        + target.headerLines() + headers + "Content-Length: " + content.length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
