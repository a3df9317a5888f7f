package io.carillon.bench.server;

import io.carillon.bench.generator.Dialect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A server that is measured. How it is started is in the script of its name in {@code bench/servers}. */
public enum Peer {
    HUB_WILDFLY("hub-wildfly", "Carillon on WildFly", Dialect.CARILLON),
    HUB_PAYARA("hub-payara", "Carillon on Payara Micro", Dialect.CARILLON),
    HUB_TOMEE("hub-tomee", "Carillon on TomEE", Dialect.CARILLON),
    NCHAN("nchan", "nchan (nginx)", Dialect.NCHAN),
    UWS("uws", "uWebSockets.js", Dialect.PLAIN),
    SOCKET_IO("socketio", "Socket.IO", Dialect.SOCKET_IO),
    JETTY("jetty", "plain Jakarta on Jetty", Dialect.PLAIN),
    STUB("stub", "a loop in Java that only writes", Dialect.PLAIN);

    private final String id;
    private final String label;
    private final Dialect dialect;

    Peer(String id, String label, Dialect dialect) {
        this.id = id;
        this.label = label;
        this.dialect = dialect;
    }

    public static Optional<Peer> of(String id) {
        return Arrays.stream(values()).filter(peer -> peer.id.equals(id)).findFirst();
    }

    public String id() {
        return id;
    }

    /** For people. */
    public String label() {
        return label;
    }

    public Dialect dialect() {
        return dialect;
    }

    public boolean isHub() {
        return dialect == Dialect.CARILLON;
    }

    Path script() {
        return Path.of("bench", "servers", id);
    }

    @Override
    public String toString() {
        return id;
    }
}
