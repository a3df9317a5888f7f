package io.carillon.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a browser and a hub, to be cut and mended, or to be of the kind that does not like a transport: a TCP
 * relay with an address of its own. Two threads for each connection, so for a few of them.
 */
final class Cable implements AutoCloseable {
    private final URI hub;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final Set<Socket> dead = ConcurrentHashMap.newKeySet();
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;

    /** @param hub its root */
    Cable(URI hub) {
        this.hub = hub;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** The hub's root, as the browser reaches it. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Ends all connections, and lets nobody make one. */
    void cut() {
        close(listener);
        ends.forEach(Cable::close);
        ends.clear();
    }

    /** Ends all connections; others can be made at once. */
    void jolt() {
        for (var end : ends.toArray(Socket[]::new)) {
            ends.remove(end);
            close(end);
        }
    }

    void mend() {
        listener = listen(port);
    }

    /** Whoever asks for that path from now on is cut off. */
    void block(String path) {
        blocked.add("GET /" + path + "?");
    }

    void unblock(String path) {
        blocked.remove("GET /" + path + "?");
    }

    /** Nothing comes through the present connections any more, and nobody is told. */
    void deaden() {
        dead.addAll(ends);
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen(int port) {
        try {
            var listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            start(() -> accept(listening));
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                ends.add(client);
                var server = new Socket(hub.getHost(), hub.getPort());
                ends.add(server);
                start(() -> carry(client, server));
                start(() -> carry(server, client));
                if (listening.isClosed()) {
                    close(client);
                    close(server);
                }
            } catch (IOException e) {
                // It is cut, which ends the loop; or the hub is not there, which the client finds out.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[16 * 1024];
            for (int n; (n = from.getInputStream().read(buffer)) >= 0; ) {
                var beginning = new String(buffer, 0, Math.min(n, 64), StandardCharsets.ISO_8859_1);
                if (blocked.stream().anyMatch(beginning::startsWith)) {
                    return;
                }
                if (!dead.contains(from)) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // Either end has gone; so goes the other.
            return;
        } finally {
            ends.remove(from);
            ends.remove(to);
            dead.remove(from);
            dead.remove(to);
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
