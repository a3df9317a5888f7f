package io.carillon.protocol;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer to a request, for whoever writes it.
 *
 * @param headers of its head, but for its type, its length and its tag
 * @param tag the cursor that is its entity tag (RFC 9110, 8.8.3); {@link #UNTAGGED} if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Reply(int status, String type, Map<String, String> headers, long tag, byte[] body) {
    static final long UNTAGGED = -1;

    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

    public Reply(int status, String type, Map<String, String> headers, byte[] body) {
        this(status, type, headers, UNTAGGED, body);
    }

    /** What has been asked for, which nobody keeps. */
    public static Reply json(int status, WireWriter json) {
        return new Reply(status, "application/json", NOT_KEPT, json.toBytes());
    }

    /** What there is up to a cursor, as JSON. */
    public static Reply upTo(long cursor, byte[] json) {
        return new Reply(200, "application/json;charset=UTF-8", NOT_KEPT, cursor, json);
    }

    public static Reply of(Fault fault) {
        return new Reply(
                fault.code().status(), ProblemJson.MEDIA_TYPE, ProblemJson.headers(fault), ProblemJson.of(fault));
    }

    /** Tells the fields of its head, but for its type and its length. */
    public void fields(BiConsumer<String, String> to) {
        headers.forEach(to);
        String tagged = entityTag();
        if (tagged != null) {
            to.accept("ETag", tagged);
        }
    }

    /** The field {@code ETag}; null if it has none. */
    public @Nullable String entityTag() {
        return tag == UNTAGGED ? null : '"' + Long.toString(tag) + '"';
    }
}
