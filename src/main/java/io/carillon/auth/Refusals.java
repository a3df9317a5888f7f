package io.carillon.auth;

import io.carillon.protocol.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was refused, requests and messages of sockets alike: for what, and why. Safe for concurrent use, without locks.
 */
public final class Refusals {
    /** What was wanted. */
    public enum What {
        PUBLISH,
        /** A connection, or a channel for it. */
        SUBSCRIBE,
        /** History and presence. */
        READ,
        OTHER;

        /** What a request wants, by its path below the context root. */
        public static What of(String method, String path) {
            if (path.equals("/v1/ws") || path.equals("/v1/events") || path.equals("/v1/poll")) {
                return SUBSCRIBE;
            }
            if (method.equals("POST") && (path.endsWith("/publications") || path.equals("/v1/notify"))) {
                return PUBLISH;
            }
            return path.startsWith("/v1/channels/") ? READ : OTHER;
        }
    }

    private final Map<What, Map<ErrorCode, LongAdder>> counters = new EnumMap<>(What.class);

    public Refusals() {
        for (What what : What.values()) {
            Map<ErrorCode, LongAdder> ofWhat = new EnumMap<>(ErrorCode.class);
            for (ErrorCode code : ErrorCode.values()) {
                ofWhat.put(code, new LongAdder());
            }
            counters.put(what, ofWhat); // none of them is changed again, so they are safe to read
        }
    }

    public void count(What what, ErrorCode why) {
        counter(what, why).increment();
    }

    /** For an answer of which only the status is known; one that is no refusal is not counted. */
    public void count(What what, int status) {
        ErrorCode why = why(status);
        if (why != null) {
            count(what, why);
        }
    }

    /** The first code with that status: the different ways of being wrong (400) and absent (404) count as one. */
    private static @Nullable ErrorCode why(int status) {
        if (status < 400) {
            return null;
        }
        if (status == ErrorCode.INVALID_REQUEST.status()) {
            return ErrorCode.INVALID_REQUEST;
        }
        for (ErrorCode code : ErrorCode.values()) {
            if (code.status() == status) {
                return code;
            }
        }
        return status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
    }

    /** All of them. */
    public long total() {
        long total = 0;
        for (Map<ErrorCode, LongAdder> ofWhat : counters.values()) {
            for (LongAdder counter : ofWhat.values()) {
                total += counter.sum();
            }
        }
        return total;
    }

    public long sum(What what, ErrorCode why) {
        return counter(what, why).sum();
    }

    private LongAdder counter(What what, ErrorCode why) {
        return Objects.requireNonNull(Objects.requireNonNull(counters.get(what)).get(why));
    }
}
