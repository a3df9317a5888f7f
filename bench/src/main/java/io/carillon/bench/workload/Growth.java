package io.carillon.bench.workload;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Generator;
import io.carillon.bench.generator.Idle;
import io.carillon.bench.generator.Load;
import io.carillon.bench.generator.Publishing;
import io.carillon.bench.generator.Stuck;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the cost grows: a publish costs what its channel's subscribers cost, and nothing for all others; a slow client costs the same
 * however much it has not read.
 */
final class Growth implements Workload {
    private static final Transport BY = Transport.SSE;
    private static final int PUBLISHERS = 16;

    /** What a channel retains by default is 63 publications of 64 KB: who is further behind is told a gap, which costs less. */
    private static final int BEHIND = 32;

    @Override
    public String id() {
        return "growth";
    }

    @Override
    public String label() {
        return "how the cost grows";
    }

    @Override
    public List<Measurement> of(Peer peer) {
        if (!peer.isHub()) {
            return List.of();
        }
        return Stream.of(
                        steps(peer, "subscribers of the channel", Growth::subscribers, 1, 10, 100, 1_000, 10_000),
                        steps(peer, "subscribers of other channels", Growth::bystanders, 0, 100, 1_000, 10_000),
                        steps(peer, "patterns that do not match", Growth::patterns, 0, 100, 1_000),
                        steps(peer, "KB in a publication", Growth::size, 1, 4, 16, 64),
                        steps(peer, "channels", Growth::channels, 16, 1_600, 16_000, 100_000),
                        steps(peer, "publications that 500 slow clients do not read", Growth::slow, 1_000, 4_000))
                .flatMap(all -> all)
                .toList();
    }

    private static Stream<Measurement> steps(
            Peer peer, String question, BiFunction<Server, Integer, Figures> run, int... steps) {
        return IntStream.of(steps)
                .mapToObj(step -> Measurement.always(
                        peer,
                        "growth",
                        question,
                        String.valueOf(step),
                        Setup.loads(),
                        Warming.by(peer, BY).and(Warming.byPublishing(peer, PUBLISHERS, 1)),
                        server -> run.apply(server, step)));
    }

    private static Figures subscribers(Server server, int count) {
        return few(server, Load.maximum(BY).subscribers(count));
    }

    private static Figures bystanders(Server server, int count) {
        return Idle.with(server.target(), BY, count, () -> few(server, Load.maximum(BY).subscribers(10)));
    }

    private static Figures patterns(Server server, int count) {
        return Idle.withPatterns(server.target(), BY, count, () -> few(server, Load.maximum(BY).subscribers(10)));
    }

    /** Some bytes less, for what stands around the data. */
    private static Figures size(Server server, int kilobytes) {
        return few(server, Load.maximum(BY).subscribers(100).size(kilobytes * 1024 - 64).behind(BEHIND));
    }

    private static Figures few(Server server, Load load) {
        return Generator.run(server.target(), load.lasting(2, 4), server::cpu);
    }

    private static Figures channels(Server server, int count) {
        long before = server.liveHeap();
        double warm = 2 + count / 4_000.0; // each of them is there by then
        Figures figures = Publishing.run(server.target(), PUBLISHERS, count, 1, 128, warm, 4, server::cpu);
        return figures.put("messages_s", figures.number("acknowledged_s"))
                .put("cpu_us_per_publication", figures.number("cpu_s_per_million"))
                .put("heap_bytes_each", (server.liveHeap() - before) / count);
    }

    private static Figures slow(Server server, int published) {
        return new Figures()
                .put("heap_bytes_each", Stuck.each(server.target(), BY, 500, published, server::liveHeap));
    }
}
