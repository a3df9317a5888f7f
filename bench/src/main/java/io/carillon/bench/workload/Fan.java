package io.carillon.bench.workload;

import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.server.Peer;
import java.util.List;

/** (a) One channel with 1,000 subscribers, a closed loop: the most that is delivered, and what that costs. */
final class Fan implements Workload {
    static final String ID = "a";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String label() {
        return "1,000 subscribers of one channel, maximum";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        return peer.dialect().transports().stream()
                .map(transport -> Measurement.always(
                        peer,
                        ID,
                        transport.name(),
                        "",
                        Setup.loads(),
                        Warming.by(peer, transport),
                        server -> Generator.run(server.target(), Load.maximum(transport), server::cpu)))
                .toList();
    }
}
