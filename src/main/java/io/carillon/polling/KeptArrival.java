package io.carillon.polling;

import io.carillon.gate.Arrival;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A poll that has come again, on the connection of one whose request is forgotten: all but its cursor is as it was. Its sender is nobody whom the
 * container knows. Headers of the answer wait here until there is one.
 */
final class KeptArrival implements Arrival {
    static final String PATH = "/v1/poll";

    /** What does not change from poll to poll. */
    record Origin(String peer, boolean cameInHere, Map<String, String> headers) {
        static Origin of(HttpServletRequest request, boolean cameInHere) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
            return new Origin(String.valueOf(request.getRemoteAddr()), cameInHere, headers);
        }
    }

    private final Origin origin;
    private final List<AnswerField> fields;

    KeptArrival(Origin origin) {
        this(origin, new ArrayList<>(4));
    }

    /** @param fields what the doorkeeper has said about it already */
    KeptArrival(Origin origin, List<AnswerField> fields) {
        this.origin = origin;
        this.fields = fields;
    }

    /** What the answer has in its head for the {@link io.carillon.gate.Doorkeeper}. */
    List<AnswerField> fields() {
        return fields;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return PATH;
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

    @Override
    public @Nullable String ticket() {
        return null;
    }

    @Override
    public @Nullable String login() {
        return null;
    }

    @Override
    public boolean inRole(String role) {
        return false;
    }

    @Override
    public void set(String name, String value) {
        fields.add(new AnswerField(name, value, true));
    }

    @Override
    public void add(String name, String value) {
        fields.add(new AnswerField(name, value, false));
    }
}
