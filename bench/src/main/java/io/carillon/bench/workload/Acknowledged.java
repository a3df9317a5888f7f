package io.carillon.bench.workload;

import io.carillon.bench.generator.Publishing;
import io.carillon.bench.server.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * (e) Publications a second that are acknowledged, and how long that takes, with nobody listening: one at a time on each of 32
 * connections, and 100 in a request on each of 8. The hub keeps them in memory, as its peers do, or in its journal under each policy.
 */
final class Acknowledged implements Workload {
    @Override
    public String id() {
        return "e";
    }

    @Override
    public String label() {
        return "acknowledged publications";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        List<Measurement> all = new ArrayList<>();
        add(all, peer, "memory", Setup.loads());
        if (peer.isHub()) {
            for (String sync : List.of("always", "interval", "none")) {
                Path directory = Path.of("target", "bench", "run", peer + "-journal-" + sync).toAbsolutePath();
                add(all, peer, sync, Setup.journal(sync, directory.toString()));
            }
        }
        return all;
    }

    private static void add(List<Measurement> to, Peer peer, String kept, Setup setup) {
        to.add(measurement(peer, kept, setup, 32, 1));
        if (peer.isHub()) {
            to.add(measurement(peer, kept, setup, 8, 100));
        }
    }

    private static Measurement measurement(Peer peer, String kept, Setup setup, int connections, int batch) {
        return Measurement.always(
                peer,
                "e",
                kept,
                "batch=" + batch,
                setup,
                Warming.byPublishing(peer, connections, batch),
                server -> Publishing.run(server.target(), connections, connections, batch, 128, 2, 5, server::cpu));
    }
}
