package io.carillon.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers what it was told to, in that order, and remembers what it was asked. The real hub is for RemoteHubIT. */
final class StubHub implements AutoCloseable {
    /** One answer. */
    interface Answer {
        /** False if it stays open, until the stub is closed. */
        boolean to(HttpExchange exchange) throws IOException;
    }

    /** What came. */
    record Asked(String method, String path, String authorization, String cursor, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    StubHub(Answer... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
                body));
        Answer answer = answers.poll();
        if (answer == null || answer.to(exchange)) {
            exchange.close();
        }
    }

    /** A whole answer. */
    static Answer answer(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            return true;
        };
    }

    /** No answer: the connection ends. */
    static Answer silence() {
        return exchange -> true;
    }

    /** A stream that ends after these events. */
    static Answer stream(String... events) {
        return exchange -> {
            open(exchange, events);
            return true;
        };
    }

    /** A stream that stays open after these events, without another word, until the stub is closed. */
    static Answer hanging(String... events) {
        return exchange -> {
            open(exchange, events);
            return false;
        };
    }

    private static void open(HttpExchange exchange, String... events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String event : events) {
            exchange.getResponseBody().write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    /** The paths that were asked for. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        asked.forEach(one -> paths.add(one.path()));
        return paths;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
