package io.carillon.bench.generator;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server on this machine. */
public record Target(Dialect dialect, int port) {
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    String host() {
        return "127.0.0.1:" + port;
    }
}
