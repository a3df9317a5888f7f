package io.carillon.bench.workload;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All of them. */
public final class Workloads {
    /** In the order in which a server meets them. */
    private static final List<Workload> LETTERS = List.of(
            new Fan(), new Steady(), new ManyChannels(), new Reconnecting(), new Acknowledged(), new Resting());

    private Workloads() {}

    /** Those that {@code bin/bench} measures when it is not told what. */
    public static List<Workload> letters() {
        return LETTERS;
    }

    public static Optional<Workload> of(String id) {
        return Stream.concat(LETTERS.stream(), Stream.of(new Ceiling(), new Growth()))
                .filter(workload -> workload.id().equals(id)).findFirst();
    }
}
