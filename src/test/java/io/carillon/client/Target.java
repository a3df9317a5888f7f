package io.carillon.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A running hub, as its clients see it.
 *
 * @param server its name in messages
 * @param root with a slash at the end
 * @param headers sent by every client, such as its token
 */
public record Target(String server, URI root, Map<String, String> headers) {
    public Target {
        headers = Map.copyOf(headers);
    }

    public URI http(String path) {
        return root.resolve(path);
    }

    public URI ws(String path) {
        return URI.create("ws" + root.resolve(path).toString().substring("http".length()));
    }

    /** The path and query of a request line. */
    public String pathOf(String path) {
        URI uri = http(path);
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    public int port() {
        return root.getPort();
    }

    /** The same hub, for a client that sends this header, too. */
    public Target with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Target(server, root, more);
    }

    /** The headers as lines of a request. */
    String headerLines() {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(http(path));
        headers.forEach(request::header);
        return request;
    }

    /** {@code channel=a&channel=b}, and the cursor under the name that the transport has for it. */
    static String query(List<String> channels, String cursorName, @Nullable Long cursor) {
        StringBuilder query = new StringBuilder();
        for (String channel : channels) {
            query.append(query.isEmpty() ? "?" : "&").append("channel=").append(channel);
        }
        if (cursor != null) {
            query.append(query.isEmpty() ? "?" : "&")
                    .append(cursorName)
                    .append('=')
                    .append(cursor);
        }
        return query.toString();
    }
}
