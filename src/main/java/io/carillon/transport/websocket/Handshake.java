package io.carillon.transport.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is agreed at the handshake (RFC 6455, 4.2): no extensions (compression for each client would undo shared frames). */
public class Handshake extends ServerEndpointConfig.Configurator {
    /** The subprotocol of a client that takes several publications in one frame. */
    public static final String BATCH = "carillon.batch";

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** The client's key; null if the request is no handshake, or not one as the RFC has it. */
    public static @Nullable String key(HttpServletRequest request) {
        String key = request.getHeader("Sec-WebSocket-Key");
        boolean asks = request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && has(request, "Upgrade", "websocket")
                && has(request, "Connection", "upgrade")
                && "13".equals(request.getHeader("Sec-WebSocket-Version"));
        return asks && key != null && valid(key.trim()) ? key.trim() : null;
    }

    private static boolean valid(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The one of ours that the client offers; null if none. */
    public static @Nullable String subprotocol(HttpServletRequest request) {
        return has(request, "Sec-WebSocket-Protocol", BATCH) ? BATCH : null;
    }

    /** What proves to the client that we have understood. */
    public static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Whether a header that is a list, perhaps over several lines, has the word. */
    private static boolean has(HttpServletRequest request, String header, String word) {
        for (String line : Collections.list(request.getHeaders(header))) {
            for (String item : line.split(",", -1)) {
                if (item.trim().toLowerCase(Locale.ROOT).equals(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
