package io.carillon.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.client.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server to which a hub under test posts. It takes what is genuine, but fails the first time. */
final class HookReceiver implements AutoCloseable {
    static final String SECRET = "a secret of at least thirty-two bytes";

    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicBoolean works = new AtomicBoolean();
    private final HttpServer server;

    HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", this::receive);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What was posted of a channel, each in the words of {@code event member count}. */
    List<String> events(String channel) {
        return events.stream()
                .filter(event -> event.text("channel").equals(channel))
                .map(event -> event.text("event") + (event.has("member") ? " " + event.text("member") : "") + " "
                        + event.number("count"))
                .toList();
    }

    /** Posts that nobody has signed with the secret. */
    List<String> refused() {
        return refused;
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst("Carillon-Signature");
        int status = 204;
        if (!genuine(signature, body, SECRET.getBytes(UTF_8))) {
            refused.add(signature + " " + new String(body, UTF_8));
            status = 403;
        } else if (!works.getAndSet(true)) {
            status = 503;
        } else {
            events.addAll(JsonObject.parse(new String(body, UTF_8)).objects("events"));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** As docs/hooks.md has it. */
    private static boolean genuine(String header, byte[] body, byte[] secret) {
        Matcher parts = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})").matcher(header);
        if (!parts.matches() || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(parts.group(1))) > 300) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((parts.group(1) + ".").getBytes(US_ASCII));
            return MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(parts.group(2)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
