package io.carillon.bench.generator;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Publishes as a {@link Load} says, receives all of it as its subscribers, and says how long that took, what it cost and whether
 * each subscriber got each publication once and in order. One thread does all; nothing is made for a delivery.
 *
 * <p>Latency counts from when a publication was to be sent, not from when it was: a server that holds up the publisher does not
 * improve its figures by that.
 */
public final class Generator implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final long STALLED = 3 * SECOND;
    private static final long DRAINED = 60 * SECOND;
    private static final int LARGE = 900; // 1 KB with what stands around the data

    private final Load load;
    private final Supplier<Cpu> cpu;
    private final Loop loop = new Loop();
    private final Crowd crowd;
    private final Publisher publisher;
    private final Checker checker;
    private final SplittableRandom random = new SplittableRandom(1);
    private final long fan;
    private boolean publishing;
    private long due;
    private long writtenOff;
    private long lastUnique;
    private long lastProgress;
    private int stalls;

    private Generator(Target target, Load load, Supplier<Cpu> cpu) {
        this.load = load;
        this.cpu = cpu;
        Channels channels = Channels.fresh(load.channels());
        crowd = new Crowd(loop, target, load.transport(), load.subscribers(), channels, "", 0);
        checker = crowd.checker();
        fan = load.subscribers() / load.channels();
        if (load.size() >= LARGE && target.dialect() == Dialect.CARILLON) {
            crowd.hearGaps(); // of small ones the hub keeps 1,000; who is further behind than that shows as lost
        }
        crowd.connect();
        Request request = new Request(target, channels, load.size(), load.batch(), load.connections());
        publisher = new Publisher(loop, target, channels, request, load.connections(), load.depth());
    }

    /**
     * Connects, warms, measures, and waits for what is still to come.
     *
     * @param cpu read at the begin and at the end of what is measured
     * @throws IllegalStateException not all could connect, or a publishing connection was closed
     */
    public static Figures run(Target target, Load load, Supplier<Cpu> cpu) {
        try (Generator generator = new Generator(target, load, cpu)) {
            return generator.run();
        }
    }

    private Figures run() {
        serve(SECOND); // whoever has asked for his channel is on it by then
        loop.between(this::publish);
        due = Loop.now();
        lastProgress = due;
        publishing = true;
        serve((long) (load.warm() * SECOND));

        long from = Loop.now();
        long to = from + (long) (load.seconds() * SECOND);
        crowd.measure(from, to);
        long deliveries = checker.deliveries();
        long reads = loop.reads();
        Cpu before = cpu.get();
        serve(to - Loop.now());
        Cpu used = cpu.get().since(before);
        double seconds = (Loop.now() - from) / 1e9;
        deliveries = checker.deliveries() - deliveries;
        reads = loop.reads() - reads;

        publishing = false;
        drain();
        return figures(used, seconds, deliveries, reads);
    }

    private Figures figures(Cpu used, double seconds, long deliveries, long reads) {
        return new Figures()
                .put("deliveries_s", deliveries / seconds, 0)
                .put("messages_s", deliveries / seconds / fan, 1)
                .put("cpu_s_per_million", used.server() / 1e3 / deliveries, 3)
                .percentiles("", crowd.latency())
                .faults(checker, publisher.published())
                .put("ended", crowd.ended())
                .put("refused", publisher.refusals().values().stream().mapToInt(n -> n).sum())
                .put("stalls", stalls)
                .put("published", publisher.total())
                .put("seconds", seconds, 2)
                .put("deliveries_per_read", (double) deliveries / reads, 2)
                .loads(used, seconds);
    }

    private void serve(long nanos) {
        long end = Loop.now() + nanos;
        for (long now = Loop.now(); now < end; now = Loop.now()) {
            loop.turn(Math.min(end - now, pause(now)));
        }
    }

    /** How long there is nothing to publish. In a closed loop a delivery ends the pause. */
    private long pause(long now) {
        return publishing && load.rate() > 0 ? due - now : 10_000_000;
    }

    /** Until all have got all, or nothing comes any more. */
    private void drain() {
        long began = Loop.now();
        long progress = began;
        long unique = checker.unique();
        long end = began + SECOND / 3; // what comes twice comes late
        while (Loop.now() < end || checker.unique() + checker.gapped() < publisher.total() * fan) {
            loop.turn(10_000_000);
            long now = Loop.now();
            if (checker.unique() != unique) {
                unique = checker.unique();
                progress = now;
            }
            if (now - progress > STALLED || now - began > DRAINED) {
                return;
            }
        }
    }

    private void publish() {
        if (!publishing) {
            return;
        }
        if (load.rate() > 0) {
            long step = (long) (SECOND / load.rate());
            for (int channel; due <= Loop.now() && (channel = channel()) >= 0; due += step) {
                publisher.publish(channel, due);
            }
        } else {
            noteProgress();
            for (int channel; mayGoOn() && (channel = channel()) >= 0; ) {
                publisher.publish(channel, Loop.now());
            }
        }
    }

    /** After a stall there is somebody who does not read: nobody waits for him. */
    private boolean mayGoOn() {
        return waiting() <= (load.window() - load.batch()) * fan
                && (load.behind() == 0 || stalls > 0 || checker.furthestBehind(publisher.published()) < load.behind());
    }

    /** Deliveries that are still to come. */
    private long waiting() {
        return publisher.total() * fan - checker.unique() - checker.gapped() - writtenOff;
    }

    /** What has not come for three seconds does not come: the loop goes on without it, and says so. */
    private void noteProgress() {
        long unique = checker.unique();
        if (unique != lastUnique) {
            lastUnique = unique;
            lastProgress = loop.received();
        } else if (waiting() > 0 && Loop.now() - lastProgress > STALLED) {
            stalls++;
            writtenOff += waiting();
            lastProgress = Loop.now();
        }
    }

    /** One whose connection takes another request, or -1. */
    private int channel() {
        if (load.channels() == 1) {
            return publisher.takes(0) ? 0 : -1;
        }
        for (int i = 0; i < 8; i++) {
            int channel = random.nextInt(load.channels());
            if (publisher.takes(channel)) {
                return channel;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        publisher.close();
        crowd.close();
        loop.close();
    }
}
