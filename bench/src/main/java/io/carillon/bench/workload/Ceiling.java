package io.carillon.bench.workload;

import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import java.util.List;

/** What the generator itself takes at most: all publications of a turn come in one write, from a server that does nothing else. */
final class Ceiling implements Workload {
    @Override
    public String id() {
        return "ceiling";
    }

    @Override
    public String label() {
        return "the generator's own limit";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        Load load = Load.maximum(Transport.SSE);
        return List.of(Measurement.always(
                peer,
                id(),
                Transport.SSE.name(),
                "",
                Setup.loads(),
                Warming.by(peer, Transport.SSE),
                server -> Generator.run(server.target(), load, server::cpu)));
    }
}
