package io.carillon.protocol;

/**
 * Everything that can be wrong with a request, by the name that it has on every transport: the {@code code} of a
 * WebSocket {@code error}, and the {@code type} of an HTTP problem as {@code /problems/<slug>}.
 */
public enum ErrorCode {
    INVALID_JSON("invalid-json", 400, "Not valid JSON"),
    INVALID_REQUEST("invalid-request", 400, "Invalid request"),
    INVALID_CHANNEL("invalid-channel", 400, "Invalid channel name"),
    INVALID_CURSOR("invalid-cursor", 400, "Invalid cursor"),
    UNKNOWN_TYPE("unknown-type", 400, "Unknown message type"),
    UNAUTHORIZED("unauthorized", 401, "Credentials needed"),
    FORBIDDEN("forbidden", 403, "Forbidden"),
    NOT_FOUND("not-found", 404, "Not found"),
    UNKNOWN_CONNECTION("unknown-connection", 404, "Unknown connection"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "Not acceptable"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    LIMIT("limit", 429, "Limit reached"),
    INTERNAL("internal", 500, "Internal error"),
    UNAVAILABLE("unavailable", 503, "Unavailable now"),
    LOG_FULL("log-full", 507, "No room to store it");

    private final String slug;
    private final int status;
    private final String title;

    ErrorCode(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The name on the wire. */
    public String slug() {
        return slug;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** What it is called for people, the same each time. */
    public String title() {
        return title;
    }
}
