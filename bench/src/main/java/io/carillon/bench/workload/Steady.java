package io.carillon.bench.workload;

import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * (b) One channel with 1,000 subscribers and so many publications a second: how long they take. 50 a second stands in the table, the
 * others in the picture; what the server did not manage in (a) is not asked of it.
 */
final class Steady implements Workload {
    private static final int SUBSCRIBERS = 1_000;

    @Override
    public String id() {
        return "b";
    }

    @Override
    public String label() {
        return "the same at a steady rate";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        return peer.dialect().transports().stream()
                .flatMap(transport -> IntStream.of(50, 10, 25, 100, 200, 400)
                        .mapToObj(rate -> at(peer, transport, rate)))
                .toList();
    }

    private static Measurement at(Peer peer, Transport transport, int rate) {
        return new Measurement(
                peer,
                "b",
                transport.name(),
                "rate=" + rate,
                Setup.loads(),
                Warming.by(peer, transport),
                known -> !(known.figure(Fan.ID, transport.name(), "deliveries_s") * 0.9 < rate * SUBSCRIBERS),
                server -> Generator.run(server.target(), Load.steady(transport, rate), server::cpu));
    }
}
