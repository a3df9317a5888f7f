package io.carillon.bench.workload;

import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.server.Peer;
import java.util.List;

/** (d) 10,000 channels with one subscriber each, a closed loop: every delivery costs a publish request. */
final class ManyChannels implements Workload {
    private static final int CHANNELS = 10_000;

    @Override
    public String id() {
        return "d";
    }

    @Override
    public String label() {
        return "10,000 channels with one subscriber each, maximum";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        double warm = 2 + Warming.seconds(peer) / 4;
        return peer.dialect().transports().stream()
                .map(transport -> Measurement.always(
                        peer,
                        "d",
                        transport.name(),
                        "",
                        Setup.loads(),
                        Warming.by(peer, transport),
                        server -> Generator.run(
                                server.target(), Load.channels(transport, CHANNELS).lasting(warm, 5), server::cpu)))
                .toList();
    }
}
