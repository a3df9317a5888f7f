package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Storm;
import io.carillon.bench.generator.Target;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** (f) A storm: 5,000 clients lose their connections and come back with a cursor that is 100 publications old. Only the hub has cursors. */
final class Reconnecting implements Workload {
    private static final int CLIENTS = 5_000;
    private static final int MISSED = 100;

    @Override
    public String id() {
        return "f";
    }

    @Override
    public String label() {
        return "5,000 clients come back, 100 publications behind";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        if (!peer.isHub()) {
            return List.of();
        }
        return peer.dialect().transports().stream()
                .map(transport -> Measurement.always(
                        peer,
                        "f",
                        transport.name(),
                        "",
                        Setup.loads(),
                        Warming.of(peer, transport + " come back", (server, seconds) -> storm(server, transport)),
                        server -> storm(server, transport)))
                .toList();
    }

    private static Figures storm(Server server, Transport transport) {
        return Storm.run(
                server.target(),
                transport,
                CLIENTS,
                MISSED,
                channel -> newest(server.target(), channel),
                server::cpu);
    }

    /** The cursor of who has seen all there is in a channel, which is the ETag of a poll from the beginning. */
    private static String newest(Target target, String channel) {
        try {
            URI poll = URI.create("http://127.0.0.1:" + target.port() + "/v1/poll?last_id=0&timeout=1&channel=" + channel);
            HttpURLConnection connection = (HttpURLConnection) poll.toURL().openConnection();
            connection.getInputStream().readAllBytes();
            return connection.getHeaderField("ETag").replaceAll("\\D", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
