package io.carillon.protocol;

import java.util.Map;

/** A fault as {@code application/problem+json} (RFC 9457), for the HTTP transports and the publishing API alike. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds after which a refusal for load may be tried again. */
    public static final int RETRY_AFTER = 2;

    /** What a 401 asks for (RFC 6750). */
    private static final String CHALLENGE = "Bearer realm=\"carillon\"";

    private ProblemJson() {}

    /** The body; its {@code type} is relative, documented in docs/problems.md. */
    public static byte[] of(Fault fault) {
        ErrorCode code = fault.code();
        WireWriter to = new WireWriter(160 + fault.detail().length());
        to.ascii("{\"type\":").string("/problems/" + code.slug());
        to.ascii(",\"title\":").string(code.title());
        to.ascii(",\"status\":").number(code.status());
        to.ascii(",\"detail\":").string(fault.detail());
        fault.figures()
                .forEach((name, figure) -> to.ascii(",").string(name).ascii(":").number(figure));
        return to.ascii('}').toBytes();
    }

    /** What is said beside the body, by header: nobody keeps it, what would help, and when to come back. */
    public static Map<String, String> headers(Fault fault) {
        return switch (fault.code().status()) {
            case 401 -> Map.of("Cache-Control", "no-store", "WWW-Authenticate", CHALLENGE);
            case 429, 503, 507 -> Map.of("Cache-Control", "no-store", "Retry-After", String.valueOf(RETRY_AFTER));
            default -> Map.of("Cache-Control", "no-store");
        };
    }
}
