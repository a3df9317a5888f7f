package io.carillon.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that a test starts. */
public final class Ports {
    private Ports() {}

    /**
     * A loopback port that was free a moment ago.
     *
     * <p>Below the range from which the system takes the ports of outgoing connections, so that it stays free while its server restarts.
     */
    public static int free() {
        for (int tries = 0; tries < 100; tries++) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one, then.
            }
        }
        throw new IllegalStateException("no free port between 20000 and 30000 in 100 tries");
    }
}
