package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Idle;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.List;

/** (c) What 10,000 connections cost on which nothing happens: memory in RAM, and of a JVM what lives on its heap. */
final class Resting implements Workload {
    private static final int CONNECTIONS = 10_000;

    @Override
    public String id() {
        return "c";
    }

    @Override
    public String label() {
        return "10,000 idle connections";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        return peer.dialect().transports().stream()
                .map(transport -> Measurement.always(
                        peer,
                        "c",
                        transport.name(),
                        "",
                        Setup.ofItsOwn("idle-" + transport),
                        Warming.none(),
                        server -> measure(server, transport)))
                .toList();
    }

    private static Figures measure(Server server, Transport transport) {
        // Classes, pools and caches are there once, not for each connection.
        Load some = Load.steady(transport, 20).subscribers(500).lasting(1, 2);
        Generator.run(server.target(), some, server::cpu);
        Memory before = Memory.of(server);
        Memory after = Idle.with(server.target(), transport, CONNECTIONS, () -> Memory.of(server));
        return new Figures()
                .put("resident_bytes", (after.resident - before.resident) / CONNECTIONS)
                .put("heap_bytes", (after.heap - before.heap) / CONNECTIONS)
                .put("resident_before", before.resident)
                .put("resident_after", after.resident);
    }

    /** The heap first: counting it collects what is dead and gives back what that held. */
    private record Memory(long heap, long resident) {
        static Memory of(Server server) {
            long heap = server.liveHeap();
            return new Memory(heap, server.resident());
        }
    }
}
