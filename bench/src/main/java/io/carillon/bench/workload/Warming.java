package io.carillon.bench.workload;

import io.carillon.bench.generator.Cpu;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Publishing;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;

/**
 * What makes a server warm. A JVM on one processor spends 20 to 50 % of it for minutes on compiling what it runs, so it does the very
 * workload first, in turns between which all clients leave and come back: what has been compiled for clients that stay does not hold when
 * they leave. It has both processors until its compilers rest, and one after that until they rest there, too: another order of events
 * runs other code. How much they still took is said with each measurement.
 *
 * @param name done once for each server
 * @param work leaves the server pinned
 */
public record Warming(String name, Consumer<Server> work) {
    /** Seconds after which a JVM is measured as it is, {@code BENCH_WARM}. */
    private static final double MOST =
            Double.parseDouble(System.getenv().getOrDefault("BENCH_WARM", "150"));

    /** Compilers that take less than this part of a processor rest. */
    private static final double RESTING = 0.05;

    private static final double TURN = 9;
    private static final int TURNS = 3;

    /** None: the server is measured as it starts. */
    static Warming none() {
        return new Warming("none", Server::pin);
    }

    /** A thousand subscribers: most of the time at the maximum, the rest at a steady rate, which runs other code. */
    static Warming by(Peer peer, Transport transport) {
        return of(peer, transport.name(), (server, seconds) -> {
            Generator.run(server.target(), Load.maximum(transport).lasting(seconds * 0.7, 0.5), server::cpu);
            Generator.run(server.target(), Load.steady(transport, 40).lasting(seconds * 0.3, 0.5), server::cpu);
        });
    }

    /** Publishes to nobody. */
    static Warming byPublishing(Peer peer, int connections, int batch) {
        return of(
                peer,
                "publish " + batch,
                (server, seconds) -> Publishing.run(
                        server.target(), connections, connections, batch, 128, seconds, 0.5, server::cpu));
    }

    /** @param turn of about so many seconds */
    static Warming of(Peer peer, String name, ObjDoubleConsumer<Server> turn) {
        return new Warming(name, server -> {
            server.unpin();
            switch (peer) {
                case NCHAN -> turn.accept(server, 2);
                case UWS, SOCKET_IO -> turn.accept(server, TURN);
                default -> {
                    long begin = System.nanoTime();
                    untilItRests(server, turn, TURNS, begin + (long) (MOST * 0.7e9));
                    server.pin();
                    untilItRests(server, turn, 1, begin + (long) (MOST * 1e9));
                }
            }
            server.pin();
        });
    }

    private static void untilItRests(Server server, ObjDoubleConsumer<Server> turn, int least, long end) {
        double load = 1;
        for (int done = 0; done < least || (load > RESTING && System.nanoTime() < end); done++) {
            long from = System.nanoTime();
            Cpu before = server.cpu();
            turn.accept(server, TURN);
            load = (double) server.cpu().since(before).compilers() / (System.nanoTime() - from);
            server.awaitEmpty();
        }
    }

    /** Both, this one first. */
    Warming and(Warming other) {
        return new Warming(name + " and " + other.name, work.andThen(other.work));
    }
}
