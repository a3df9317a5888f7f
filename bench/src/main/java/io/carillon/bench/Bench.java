package io.carillon.bench;

import io.carillon.bench.generator.Figures;
import io.carillon.bench.server.Peer;
import io.carillon.bench.server.Server;
import io.carillon.bench.workload.Measurement;
import io.carillon.bench.workload.Setup;
import io.carillon.bench.workload.Workload;
import io.carillon.bench.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures servers under workloads, one after the other, and adds what comes out to the {@link Results}. What is there already is not
 * measured again, so it goes on where it was interrupted. {@code bin/bench} runs it.
 */
public final class Bench {
    private static final List<Peer> MEASURED =
            Arrays.stream(Peer.values()).filter(peer -> peer != Peer.STUB).toList();

    private final Results results;
    private final int rounds;
    private final String run = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private final long started = System.nanoTime();
    private int left;
    private int failed;

    private Bench(Results results, int rounds) {
        this.results = results;
        this.rounds = rounds;
    }

    /** Arguments: the file of results, how often each is to be there, then servers and workloads in any order. */
    public static void main(String[] arguments) {
        List<Peer> peers = new ArrayList<>();
        List<Workload> workloads = new ArrayList<>();
        for (String word : List.of(arguments).subList(2, arguments.length)) {
            Peer.of(word).ifPresent(peers::add);
            Workloads.of(word).ifPresent(workloads::add);
        }
        Bench bench = new Bench(new Results(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
        bench.measure(peers.isEmpty() ? MEASURED : peers, workloads.isEmpty() ? Workloads.letters() : workloads);
        System.exit(bench.failed == 0 ? 0 : 1);
    }

    /** Rounds interleave over the servers: the machine's moods hit all alike. */
    private void measure(List<Peer> peers, List<Workload> workloads) {
        for (int round = 1; round <= rounds; round++) {
            Map<String, Long> counts = results.counts();
            List<List<Measurement>> all = new ArrayList<>();
            for (Peer peer : peers) {
                List<Measurement> missing = new ArrayList<>();
                for (Workload workload : workloads) {
                    missing.addAll(workload.of(peer));
                }
                int wanted = round;
                missing.removeIf(one -> counts.getOrDefault(one.key(), 0L) >= wanted);
                bySetup(missing).values().forEach(all::add);
            }
            left = all.stream().mapToInt(List::size).sum();
            say("round " + round + " of " + rounds + ": " + left + " measurements to do; results in " + results);
            all.forEach(this::onOneServer);
        }
    }

    /** In one server's life, one transport after the other: each needs to become warm. */
    private static Map<Setup, List<Measurement>> bySetup(List<Measurement> measurements) {
        Map<Setup, List<Measurement>> groups = measurements.stream()
                .collect(Collectors.groupingBy(Measurement::setup, LinkedHashMap::new, Collectors.toList()));
        groups.replaceAll((setup, group) -> group.stream()
                .collect(Collectors.groupingBy(Measurement::variant, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList());
        return groups;
    }

    private void onOneServer(List<Measurement> group) {
        Peer peer = group.get(0).peer();
        Setup setup = group.get(0).setup();
        try (Server server = Server.start(peer, setup.jvm(), setup.properties())) {
            Set<String> warm = new HashSet<>();
            for (Measurement one : group) {
                left--;
                if (!one.applies().test((workload, variant, name) -> known(peer, workload, variant, name))) {
                    continue;
                }
                if (warm.add(one.warming().name())) {
                    one.warming().work().accept(server);
                }
                measure(one, server);
            }
        } catch (IllegalStateException e) {
            failed++;
            say(peer + ": " + e.getMessage());
        }
    }

    private void measure(Measurement one, Server server) {
        Figures figures = new Figures()
                .put("key", one.key())
                .put("run", run)
                .put("peer", one.peer().id())
                .put("workload", one.workload())
                .put("variant", one.variant())
                .put("parameters", one.parameters());
        try {
            server.awaitEmpty();
            figures.putAll(one.run().apply(server));
        } catch (IllegalStateException e) {
            failed++;
            say(one + " FAILED: " + e.getMessage());
            return;
        }
        results.add(figures);
        say(one + "  " + Progress.line(figures));
    }

    private double known(Peer peer, String workload, String variant, String name) {
        return results.of(peer.id(), workload, variant).mapToDouble(one -> one.number(name)).max().orElse(Double.NaN);
    }

    private void say(String text) {
        Duration since = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf(
                Locale.ROOT, "%3d:%02d  %3d left  %s%n", since.toMinutes(), since.toSecondsPart(), left, text);
    }
}
