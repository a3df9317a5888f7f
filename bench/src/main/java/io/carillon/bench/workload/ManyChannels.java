package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
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
        return peer.dialect().transports().stream()
                .map(transport -> Measurement.always(
                        peer,
                        "d",
                        transport.name(),
                        "",
                        Setup.loads(),
                        Warming.of(
                                peer,
                                transport + " of many channels",
                                (server, seconds) -> run(server, load(transport).lasting(seconds, 0.5))),
                        server -> run(server, load(transport))))
                .toList();
    }

    private static Load load(Transport transport) {
        return Load.channels(transport, CHANNELS);
    }

    private static Figures run(Server server, Load load) {
        return Generator.run(server.target(), load, server::cpu);
    }
}
