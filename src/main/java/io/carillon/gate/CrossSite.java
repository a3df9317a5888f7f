package io.carillon.gate;

import io.carillon.auth.OriginPolicy;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from using a visitor's browser against the hub. Whoever is no browser sends none of these
 * headers and is not concerned, but for one case: a request that changes something by the container's login, which a
 * browser adds by itself, must say where it comes from.
 */
final class CrossSite {
    private static final String SAME = "same-origin";
    private static final String NO_SNIFF = "X-Content-Type-Options";
    private static final String VARY = "Vary";

    private final OriginPolicy origins;

    CrossSite(OriginPolicy origins) {
        this.origins = origins;
    }

    /**
     * Refuses pages that may not be here, and tells a browser that another page may (CORS).
     *
     * @return true if the answer is complete with that: the browser has only asked whether it may send a request
     */
    boolean answer(Arrival arrival) {
        arrival.set(NO_SNIFF, "nosniff");
        arrival.add(VARY, "Origin");
        String origin = arrival.header("Origin");
        if (origin == null) {
            String site = arrival.header("Sec-Fetch-Site");
            if (site != null && !site.equals(SAME) && !site.equals("none")) {
                throw refused();
            }
            return false;
        }
        if (OriginPolicy.same(origin, arrival.header("Host"))) {
            return false;
        }
        if (!origins.listed(origin)) {
            throw refused();
        }
        arrival.set("Access-Control-Allow-Origin", origin);
        arrival.set("Access-Control-Allow-Credentials", "true");
        arrival.set("Access-Control-Expose-Headers", "ETag, Retry-After, WWW-Authenticate");
        boolean asks = arrival.method().equals("OPTIONS") && arrival.header("Access-Control-Request-Method") != null;
        if (asks) {
            arrival.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
            arrival.set(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Carillon-Event, Carillon-TTL, Idempotency-Key, If-None-Match,"
                            + " Last-Event-ID");
            arrival.set("Access-Control-Max-Age", "600");
        }
        return asks;
    }

    /** Whether a header of an answer is one of these. */
    static boolean sets(String header) {
        return header.equals(NO_SNIFF) || header.equals(VARY) || header.startsWith("Access-Control-");
    }

    /** For somebody whom the container knows: his browser would send his cookie with any page's form as well. */
    void checkLogin(Arrival arrival) {
        String method = arrival.method();
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            return;
        }
        if (arrival.header("Origin") == null && !SAME.equals(arrival.header("Sec-Fetch-Site"))) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN,
                    "a request by the server's login must say where it comes from: send Origin or Sec-Fetch-Site");
        }
        if (method.equals("POST") && !json(arrival.header("Content-Type"))) {
            throw new ProtocolException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "a request by the server's login needs Content-Type: application/json, which no form can send");
        }
    }

    private static boolean json(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static ProtocolException refused() {
        return new ProtocolException(
                ErrorCode.FORBIDDEN,
                "pages of that origin may not use this hub; carillon.origins lists those that may");
    }
}
