package io.carillon.bench.generator;

import java.util.function.Supplier;

/** Publishes to nobody, each connection one request after the other, to see how fast that is acknowledged. */
public final class Publishing {
    private static final long SECOND = 1_000_000_000L;

    private Publishing() {}

    /**
     * Publishes for so many seconds, and says how much of it was acknowledged.
     *
     * @param connections that publish, each request to the next of the channels that are its own
     * @param count of channels, a multiple of the connections
     * @param batch publications in one request
     */
    public static Figures run(
            Target target, int connections, int count, int batch, int size, double warm, double seconds, Supplier<Cpu> cpu) {
        Channels channels = Channels.fresh(count);
        Loop loop = new Loop();
        Request request = new Request(target, channels, size, batch, 0);
        try (Publisher publisher = new Publisher(loop, target, channels, request, connections, 1)) {
            publish(loop, publisher, connections, count, (long) (warm * SECOND));
            publisher.acknowledging().reset();
            long acknowledged = publisher.acknowledged();
            long from = Loop.now();
            Cpu before = cpu.get();
            publish(loop, publisher, connections, count, (long) (seconds * SECOND));
            Cpu used = cpu.get().since(before);
            double took = (Loop.now() - from) / 1e9;
            acknowledged = publisher.acknowledged() - acknowledged;
            return new Figures()
                    .put("acknowledged_s", acknowledged / took, 0)
                    .put("cpu_s_per_million", used.server() / 1e3 / acknowledged, 3)
                    .percentiles("", publisher.acknowledging())
                    .put("refused", publisher.refusals().toString())
                    .put("seconds", took, 2)
                    .loads(used, took);
        } finally {
            loop.close();
        }
    }

    private static void publish(Loop loop, Publisher publisher, int connections, int count, long nanos) {
        int[] next = new int[connections];
        for (long end = Loop.now() + nanos; Loop.now() < end; ) {
            for (int i = 0; i < connections; i++) {
                if (publisher.takes(i)) {
                    publisher.publish(next[i] + i, Loop.now());
                    next[i] = (next[i] + connections) % count;
                }
            }
            loop.turn(10_000_000);
        }
    }
}
