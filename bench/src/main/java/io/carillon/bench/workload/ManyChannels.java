package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.ArrayList;
import java.util.List;

/**
 * (d) 10,000 channels with one subscriber each, a closed loop: every delivery costs a publish request. The hub besides with ten
 * publications in a request, to ten channels, which no peer takes.
 */
final class ManyChannels implements Workload {
    private static final int CHANNELS = 10_000;
    private static final int BATCH = 10;

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
        List<Measurement> all = new ArrayList<>();
        for (Transport transport : peer.dialect().transports()) {
            Load load = Load.channels(transport, CHANNELS);
            all.add(measurement(peer, load, ""));
            if (peer.isHub()) {
                all.add(measurement(peer, load.inBatches(BATCH), "batch=" + BATCH));
            }
        }
        return all;
    }

    private static Measurement measurement(Peer peer, Load load, String parameters) {
        return Measurement.always(
                peer,
                "d",
                load.transport().name(),
                parameters,
                Setup.loads(),
                Warming.of(
                        peer,
                        load.transport() + " of many channels, " + load.batch() + " in a request",
                        (server, seconds) -> run(server, load.lasting(seconds, 0.5))),
                server -> run(server, load));
    }

    private static Figures run(Server server, Load load) {
        return Generator.run(server.target(), load, server::cpu);
    }
}
