package io.carillon.protocol;

import java.util.Map;

/** A whole answer to a request, for whoever writes it. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Reply(int status, String type, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

    /** What has been asked for, which nobody keeps. */
    public static Reply json(int status, WireWriter json) {
        return new Reply(status, "application/json", NOT_KEPT, json.toBytes());
    }

    public static Reply of(Fault fault) {
        return new Reply(
                fault.code().status(), ProblemJson.MEDIA_TYPE, ProblemJson.headers(fault), ProblemJson.of(fault));
    }
}
