package io.carillon.bench.generator;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * All clients of a channel lose their connection at once and come back at once, each with the cursor of what it saw last, and that is
 * many publications old by then. Only for servers that know cursors.
 */
public final class Storm {
    private static final int AT_ONCE = 4_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long LIMIT = 60 * SECOND;
    private static final long SETTLES = 10 * SECOND;

    private final Target target;
    private final Transport transport;
    private final int clients;
    private final int missed;
    private final Channels channels = Channels.fresh(1);
    private final Loop loop = new Loop();
    private final Supplier<Cpu> cpu;
    private int caughtUp;

    private Storm(Target target, Transport transport, int clients, int missed, Supplier<Cpu> cpu) {
        this.target = target;
        this.transport = transport;
        this.clients = clients;
        this.missed = missed;
        this.cpu = cpu;
    }

    /**
     * Makes one storm, and says how long it took until all had caught up.
     *
     * @param missed publications that each client has to catch up with
     * @param cursor tells the server's cursor before the storm, from a channel's name
     */
    public static Figures run(
            Target target,
            Transport transport,
            int clients,
            int missed,
            UnaryOperator<String> cursor,
            Supplier<Cpu> cpu) {
        Storm storm = new Storm(target, transport, clients, missed, cpu);
        try {
            return storm.run(cursor);
        } finally {
            storm.loop.close();
        }
    }

    private Figures run(UnaryOperator<String> cursor) {
        try (Publisher publisher =
                new Publisher(loop, target, channels, new Request(target, channels, 128, 1, 0), 1, missed + 10)) {
            String since;
            try (Crowd before = new Crowd(loop, target, transport, clients, channels, "", 0)) {
                before.connect();
                loop.serve(SECOND);
                publisher.publishAll(10);
                for (long end = Loop.now() + SETTLES; before.checker().lost(publisher.published()) > 0 && Loop.now() < end; ) {
                    loop.serve(SECOND / 10);
                }
                check(before.checker().lost(publisher.published()), "before the storm");
                since = cursor.apply(channels.name(0));
            }
            publisher.publishAll(missed);
            try (Crowd after = new Crowd(loop, target, transport, clients, channels, since, 10)) {
                return storm(after, publisher);
            }
        }
    }

    private Figures storm(Crowd crowd, Publisher publisher) {
        int last = 10 + missed - 1;
        Histogram caught = new Histogram(LIMIT * 10, 3);
        long began = Loop.now();
        crowd.listener((subscriber, sequence) -> {
            if (sequence == last) {
                caughtUp++;
                caught.recordValue(loop.received() - began);
            }
        });
        Cpu before = cpu.get();
        crowd.connect(AT_ONCE);
        double connected = (Loop.now() - began) / 1e9;
        while (caughtUp < clients && Loop.now() - began < LIMIT) {
            loop.turn(10_000_000);
        }
        double seconds = (Loop.now() - began) / 1e9;
        Cpu used = cpu.get().since(before);
        loop.serve(SECOND / 3);
        Checker checker = crowd.checker();
        return new Figures()
                .put("connected_s", connected, 2)
                .put("caught_up_s", seconds, 2)
                .percentiles("", caught)
                .put("deliveries_s", checker.deliveries() / seconds, 0)
                .put("cpu_s_per_million", used.server() / 1e3 / checker.deliveries(), 3)
                .put("cpu_ms_per_client", used.server() / 1e6 / clients, 3)
                .faults(checker, publisher.published())
                .put("ended", crowd.ended())
                .loads(used, seconds);
    }

    private static void check(long wrong, String what) {
        if (wrong > 0) {
            throw new IllegalStateException(wrong + " missing " + what);
        }
    }
}
