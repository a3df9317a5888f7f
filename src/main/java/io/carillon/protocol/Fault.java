package io.carillon.protocol;

import io.carillon.core.InvalidNameException;
import io.carillon.core.LogFullException;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.RefusedException;
import io.carillon.core.UnknownConnectionException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went wrong, in words for the one who asked: the same on every transport.
 *
 * @param detail what, where, and what is allowed; never the internals of an unexpected error
 * @param figures of the detail, for programs: {@code limit}, {@code index}
 */
public record Fault(ErrorCode code, String detail, Map<String, Long> figures) {
    private static final System.Logger LOG = System.getLogger(Fault.class.getName());

    public Fault(ErrorCode code, String detail) {
        this(code, detail, Map.of());
    }

    /** What is told of it. What should never happen is logged with its cause, as its detail says; so ask once. */
    public static Fault of(Throwable cause) {
        Fault fault = told(cause);
        if (fault.code == ErrorCode.INTERNAL) {
            LOG.log(System.Logger.Level.ERROR, "a request failed", cause);
        }
        return fault;
    }

    /** The code that it is told with, for who does not tell it himself. Nothing is logged. */
    public static ErrorCode codeOf(Throwable cause) {
        return told(cause).code;
    }

    private static Fault told(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ProtocolException known) {
            return known.fault();
        }
        if (cause instanceof InvalidNameException) {
            return new Fault(ErrorCode.INVALID_CHANNEL, message);
        }
        if (cause instanceof UnknownConnectionException) {
            return new Fault(ErrorCode.UNKNOWN_CONNECTION, message);
        }
        if (cause instanceof LogUnavailableException) {
            return new Fault(ErrorCode.UNAVAILABLE, message + "; send it again with the same key");
        }
        if (cause instanceof LogFullException) {
            return new Fault(ErrorCode.LOG_FULL, message + "; nothing was stored");
        }
        if (cause instanceof RefusedException refused) {
            return switch (refused.why()) {
                case DRAINING, FULL -> new Fault(ErrorCode.UNAVAILABLE, message);
                case TOO_MUCH -> new Fault(ErrorCode.LIMIT, message);
                case RESERVED -> new Fault(ErrorCode.INVALID_REQUEST, message);
            };
        }
        return new Fault(ErrorCode.INTERNAL, "unexpected error; the server's log has the cause");
    }

    Fault with(String name, long figure) {
        Map<String, Long> more = new TreeMap<>(figures);
        more.put(name, figure);
        return new Fault(code, detail, more);
    }
}
