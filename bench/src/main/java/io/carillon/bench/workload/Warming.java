package io.carillon.bench.workload;

import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Publishing;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.function.Consumer;

/**
 * What makes a server warm. A JVM on one processor spends 20 to 50 % of it for minutes on compiling what it runs, so it does the very
 * workload on both processors first.
 *
 * @param name done once for each server
 */
public record Warming(String name, Consumer<Server> work) {
    /** Seconds for a JVM, {@code BENCH_WARM}. */
    private static final double SECONDS =
            Double.parseDouble(System.getenv().getOrDefault("BENCH_WARM", "35"));

    private static final int TURNS = 3;

    /** None: the server is measured as it starts. */
    static Warming none() {
        return new Warming("none", server -> {});
    }

    /**
     * A thousand subscribers: most of the time at the maximum, the rest at a steady rate, which runs other code. In turns, so that clients
     * come and go: what a JVM has compiled for a thousand that stay does not hold when they leave.
     */
    static Warming by(Peer peer, Transport transport) {
        double seconds = seconds(peer) / TURNS;
        return new Warming(transport.name(), server -> {
            for (int turn = 0; turn < TURNS; turn++) {
                Generator.run(server.target(), Load.maximum(transport).lasting(seconds * 0.7, 0.5), server::cpu);
                Generator.run(server.target(), Load.steady(transport, 40).lasting(seconds * 0.3, 0.5), server::cpu);
            }
        });
    }

    /** Publishes to nobody. */
    static Warming byPublishing(Peer peer, int connections, int batch) {
        return new Warming(
                "publish " + batch,
                server -> Publishing.run(
                        server.target(), connections, connections, batch, 128, seconds(peer) * 0.4, 0.5, server::cpu));
    }

    /** Both, this one first. */
    Warming and(Warming other) {
        return new Warming(name + " and " + other.name, work.andThen(other.work));
    }

    static double seconds(Peer peer) {
        return switch (peer) {
            case NCHAN -> Math.min(2, SECONDS);
            case UWS, SOCKET_IO -> SECONDS / 4;
            default -> SECONDS;
        };
    }
}
