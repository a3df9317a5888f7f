package io.carillon.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.boot.BareNode;
import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.Hub;
import io.carillon.core.LogFullException;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Opening;
import io.carillon.core.Publication;
import io.carillon.core.RefusedException;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.PollEncoder;
import io.carillon.protocol.SseEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The hub and its log, wired and configured as on a server, behind the JDK's HTTP server: publishing, SSE and long-poll
 * for a few dozen clients, each with a thread. What a server does with sockets is not tested by it; what a kill does to hub
 * and log is.
 */
public final class BareHub {
    private final Hub hub;

    private BareHub(Hub hub) {
        this.hub = hub;
    }

    /** {@code port}; all else are system properties. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        BareNode node = new BareNode();
        Hub hub = node.hub();
        BareHub bare = new BareHub(hub);
        new Thread(() -> timer(hub), "timer").start();
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/channels/", bare::publish);
        server.createContext("/v1/events", bare::events);
        server.createContext("/v1/poll", bare::poll);
        Runtime.getRuntime().addShutdownHook(new Thread(node::stop));
        server.start();
    }

    private static void timer(Hub hub) {
        for (int i = 0; hub.accepting(); i++) {
            LockSupport.parkNanos(250_000_000);
            hub.beat();
            if (i % 4 == 0) {
                hub.sweep();
            }
        }
    }

    private void publish(HttpExchange exchange) throws IOException {
        String channel = exchange.getRequestURI().getPath().split("/", -1)[3];
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        byte[] data = exchange.getRequestBody().readAllBytes();
        try {
            NewPublication publication =
                    new NewPublication(new ChannelName(channel), Publication.DEFAULT_EVENT, data, null, key);
            Appended answer = hub.publish(List.of(publication)).get(0);
            answer(exchange, 201, "{\"id\":" + answer.id() + ",\"duplicate\":" + answer.duplicate() + "}");
        } catch (LogFullException e) {
            answer(exchange, 507, e.getMessage());
        } catch (LogUnavailableException | RefusedException e) {
            answer(exchange, 503, e.getMessage());
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        BareOutlet outlet = new BareOutlet(channels(exchange).size() == 1 ? SseEncoder.PLAIN : SseEncoder.ENVELOPE);
        Long since = Cursors.parse(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(SseEncoder.comment("hello").bytes());
            out.flush();
            Client client = new Client(Transport.SSE, null, "");
            hub.open(new Opening(client, channels(exchange), since, null), outlet, Opening.Answers.NONE);
            outlet.stream(out);
        } catch (RefusedException e) {
            exchange.close();
        }
    }

    private void poll(HttpExchange exchange) throws IOException {
        BareOutlet outlet = new BareOutlet(PollEncoder.INSTANCE);
        Duration held =
                Duration.ofSeconds(Long.parseLong(parameter(exchange, "timeout").get(0)));
        Long since = Cursors.parse(parameter(exchange, "last_id").get(0));
        try {
            Client client = new Client(Transport.LONG_POLL, null, "");
            hub.open(new Opening(client, channels(exchange), since, held), outlet, Opening.Answers.NONE);
        } catch (RefusedException e) {
            answer(exchange, 503, "");
            return;
        }
        outlet.answer(exchange);
    }

    private static List<ChannelPattern> channels(HttpExchange exchange) {
        return ChannelQuery.parse(parameter(exchange, "channel"), "public");
    }

    private static List<String> parameter(HttpExchange exchange, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                values.add(pair.substring(name.length() + 1));
            }
        }
        return values;
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
