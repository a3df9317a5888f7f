package io.carillon.core;

/**
 * Why the hub ends a connection. Codes are those of the WebSocket close frame: 4000 to 4499 ask the client to come
 * back, 4500 to 4999 tell it not to.
 *
 * @param reason for people; cut so that it fits a close frame, which a container refuses to send otherwise: 123 bytes
 *     of UTF-8 (RFC 6455, 5.5)
 */
public record CloseReason(int code, String reason) {
    /** Few enough to be counted apart. */
    public enum Kind {
        /** A poll has its answer. */
        DONE,
        /** The client has gone, or could not be written to. */
        GONE,
        DRAIN,
        /** A write did not come back. */
        SLOW,
        /** No sign of life. */
        SILENT,
        /** The credential's time was over. */
        EXPIRED,
        /** An operator said so. */
        KICKED,
        /** The client wanted more than it may. */
        LIMIT,
        /** The client asked for what cannot be, or what it may not have. */
        REFUSED
    }

    private static final int MOST_BYTES = 123;

    public static final CloseReason DRAIN = new CloseReason(4000, "the server is going down, come back");
    public static final CloseReason EXPIRED = new CloseReason(4003, "the token has expired");
    public static final CloseReason KICKED = new CloseReason(4503, "closed by an operator");
    /** A held poll has been answered or has timed out: its ordinary end. */
    public static final CloseReason DONE = new CloseReason(1000, "done");
    /** The client went by itself. */
    public static final CloseReason GONE = new CloseReason(1001, "the client has gone");

    public CloseReason {
        reason = cut(reason);
    }

    private static String cut(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int code = text.codePointAt(i);
            bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            if (bytes > MOST_BYTES) {
                return text.substring(0, i);
            }
            i += Character.charCount(code);
        }
        return text;
    }

    public static CloseReason slow(String detail) {
        return new CloseReason(4001, detail);
    }

    public static CloseReason silent(String detail) {
        return new CloseReason(4002, detail);
    }

    public static CloseReason badRequest(String detail) {
        return new CloseReason(4500, detail);
    }

    public static CloseReason unauthorized(String detail) {
        return new CloseReason(4501, detail);
    }

    public static CloseReason forbidden(String detail) {
        return new CloseReason(4502, detail);
    }

    public static CloseReason limit(String detail) {
        return new CloseReason(4504, detail);
    }

    /** What kind of end, for those who count. */
    public Kind kind() {
        return switch (code) {
            case 1000 -> Kind.DONE;
            case 1001 -> Kind.GONE;
            case 4000 -> Kind.DRAIN;
            case 4001 -> Kind.SLOW;
            case 4002 -> Kind.SILENT;
            case 4003 -> Kind.EXPIRED;
            case 4503 -> Kind.KICKED;
            case 4504 -> Kind.LIMIT;
            default -> Kind.REFUSED;
        };
    }

    /** True if the client is told not to come back. */
    boolean forGood() {
        return code >= 4500;
    }

    /** True if the client should connect again. */
    public boolean reconnect() {
        return code >= 4000 && code < 4500;
    }
}
