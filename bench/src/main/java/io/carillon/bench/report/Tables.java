package io.carillon.bench.report;

import io.carillon.bench.Results;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import java.util.List;
import java.util.function.BiConsumer;

/** The tables of the page, from the results; what was not measured is left out. */
final class Tables {
    private static final String REFERENCE = Peer.NCHAN.id();

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    Tables(Results results) {
        this.results = results;
    }

    @Override
    public String toString() {
        page.setLength(0);
        section(
                "One channel, 1,000 subscribers (a, b)",
                """
                CPU is the server's processor time in seconds for a million deliveries; "to nchan" is the ratio to nchan's on the same
                transport, less is better. Latency is from when a publication was to be sent, 50 times a second, in ms.
                """,
                fan());
        section("10,000 idle connections (c)", "Bytes for each; heap is what lives after a full collection.\n", idle());
        section(
                "10,000 channels with one subscriber each (d)",
                "Each delivery costs a publish request; or ten share one, to ten channels: only the hub is asked for that.\n",
                channels());
        section(
                "Acknowledged publications (e)",
                "128 bytes, nobody listens: one at a time on each of 32 connections, and 100 in a request on each of 8.\n",
                acknowledged());
        section(
                "A storm (f)",
                "5,000 clients lose their connection and come back at once, 100 publications behind. Seconds from the first connect.\n",
                storm());
        growth();
        return page.toString();
    }

    private void section(String title, String words, Table table) {
        if (!table.isEmpty()) {
            page.append("### ").append(title).append('\n').append(words).append('\n').append(table).append('\n');
        }
    }

    private static void each(BiConsumer<Transport, Peer> row) {
        for (Transport transport : Transport.values()) {
            for (Peer peer : Peer.values()) {
                row.accept(transport, peer);
            }
        }
    }

    private Medians medians(Peer peer, String workload, String variant, String parameters) {
        return Medians.of(results, peer.id(), workload, variant, parameters);
    }

    private String ratio(Medians of, Transport transport, String workload, String parameters) {
        double reference = Medians.of(results, REFERENCE, workload, transport.name(), parameters)
                .figure("cpu_s_per_million");
        return Medians.text(of.figure("cpu_s_per_million") / reference, 2);
    }

    private Table fan() {
        Table table = new Table(
                "transport",
                "server",
                "most deliveries/s",
                "CPU s per million",
                "to nchan",
                "at 50/s: p50 / p99 / p99.9",
                "CPU s per million",
                "to nchan",
                "faults");
        each((transport, peer) -> {
            Medians most = medians(peer, "a", transport.name(), "");
            Medians steady = medians(peer, "b", transport.name(), "rate=50");
            if (most.exist() || steady.exist()) {
                table.row(
                        transport.label(),
                        peer.label(),
                        most.text("deliveries_s", 0),
                        most.text("cpu_s_per_million", 2),
                        ratio(most, transport, "a", ""),
                        steady.texts(1, "p50", "p99", "p999"),
                        steady.text("cpu_s_per_million", 2),
                        ratio(steady, transport, "b", "rate=50"),
                        most.exist() ? most.faults() : steady.faults());
            }
        });
        return table;
    }

    private Table idle() {
        Table table = new Table("transport", "server", "in RAM", "on the heap");
        each((transport, peer) -> {
            Medians idle = medians(peer, "c", transport.name(), "");
            if (idle.exist()) {
                boolean jvm = idle.figure("heap_bytes") > 0;
                table.row(
                        transport.label(),
                        peer.label(),
                        idle.text("resident_bytes", 0),
                        jvm ? idle.text("heap_bytes", 0) : "");
            }
        });
        return table;
    }

    private Table channels() {
        Table table = new Table(
                "transport",
                "server",
                "in a request",
                "publications/s",
                "CPU s per million",
                "to nchan",
                "p50 / p99 ms",
                "faults");
        each((transport, peer) -> {
            channels(table, transport, peer, "", "1");
            channels(table, transport, peer, "batch=10", "10");
        });
        return table;
    }

    private void channels(Table table, Transport transport, Peer peer, String parameters, String batch) {
        Medians many = medians(peer, "d", transport.name(), parameters);
        if (many.exist()) {
            table.row(
                    transport.label(),
                    peer.label(),
                    batch,
                    many.text("messages_s", 0),
                    many.text("cpu_s_per_million", 1),
                    ratio(many, transport, "d", ""),
                    many.texts(1, "p50", "p99"),
                    many.faults());
        }
    }

    private Table acknowledged() {
        Table table = new Table(
                "server", "kept", "one by one/s", "p50 / p99 ms", "CPU us each", "in hundreds/s", "p50 / p99 ms", "CPU us each");
        for (Peer peer : Peer.values()) {
            for (String kept : List.of("memory", "none", "interval", "always")) {
                Medians single = medians(peer, "e", kept, "batch=1");
                Medians batch = medians(peer, "e", kept, "batch=100");
                if (single.exist() || batch.exist()) {
                    table.row(
                            peer.label(),
                            kept,
                            single.text("acknowledged_s", 0),
                            single.texts(2, "p50", "p99"),
                            single.text("cpu_s_per_million", 0),
                            batch.text("acknowledged_s", 0),
                            batch.texts(2, "p50", "p99"),
                            batch.text("cpu_s_per_million", 1));
                }
            }
        }
        return table;
    }

    private Table storm() {
        Table table = new Table(
                "transport", "server", "all connected", "all caught up", "half caught up", "CPU ms per client", "faults");
        each((transport, peer) -> {
            Medians storm = medians(peer, "f", transport.name(), "");
            if (storm.exist()) {
                table.row(
                        transport.label(),
                        peer.label(),
                        storm.text("connected_s", 2),
                        storm.text("caught_up_s", 2),
                        Medians.text(storm.figure("p50") / 1e3, 2),
                        storm.text("cpu_ms_per_client", 2),
                        storm.faults());
            }
        });
        return table;
    }

    /** A line for each step of each question that {@code bin/bench growth} asks. */
    private void growth() {
        List<String> questions = results.all().stream()
                .filter(one -> one.text("workload").equals("growth"))
                .map(one -> one.text("variant"))
                .distinct()
                .toList();
        for (Peer peer : Peer.values()) {
            for (String question : questions) {
                Table table = new Table(
                        question, "publications/s", "CPU us per publication", "CPU us per delivery", "heap, bytes each", "faults");
                results.of(peer.id(), "growth", question)
                        .map(one -> one.text("parameters"))
                        .distinct()
                        .forEach(step -> growth(table, medians(peer, "growth", question, step), step));
                section("Growth: " + question + " (" + peer.label() + ")", "", table);
            }
        }
    }

    private static void growth(Table table, Medians one, String step) {
        double publications = one.figure("messages_s");
        double perDelivery = one.figure("cpu_s_per_million");
        double perPublication = perDelivery * one.figure("deliveries_s") / publications;
        table.row(
                step,
                Medians.text(publications, 0),
                Medians.text(Double.isNaN(perPublication) ? one.figure("cpu_us_per_publication") : perPublication, 1),
                one.figure("deliveries_s") > 0 ? Medians.text(perDelivery, 2) : "",
                one.text("heap_bytes_each", 0),
                one.faults());
    }
}
