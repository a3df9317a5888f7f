package io.carillon.polling;

import io.carillon.transport.longpoll.Polls;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A poll that has come again, on the connection of one whose request is forgotten: all but its cursor is as it was.
 */
final class KeptArrival extends PlainArrival {
    /** What does not change from poll to poll. */
    record Origin(String peer, boolean cameInHere, Map<String, String> headers) {
        static Origin of(HttpServletRequest request, boolean cameInHere) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
            return new Origin(String.valueOf(request.getRemoteAddr()), cameInHere, headers);
        }
    }

    private final Origin origin;

    KeptArrival(Origin origin) {
        this.origin = origin;
    }

    /** @param fields what the doorkeeper has said about it already */
    KeptArrival(Origin origin, List<AnswerField> fields) {
        super(fields);
        this.origin = origin;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return Polls.PATH;
    }

    @Override
    public @Nullable String header(String name) {
        return origin.headers.get(name);
    }

    @Override
    public String peer() {
        return origin.peer;
    }

    @Override
    public boolean cameInHere() {
        return origin.cameInHere;
    }
}
