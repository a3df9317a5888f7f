package io.carillon.bench.generator;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The subscribers of one measurement, spread evenly over its channels: number i is on channel i modulo the number of channels.
 * Not safe for concurrent use.
 */
final class Crowd implements AutoCloseable {
    private static final int PER_ADDRESS = 15_000;
    private static final int AT_ONCE = 128;
    private static final long LONGEST = 600_000_000_000L;

    private final Loop loop;
    private final Target target;
    private final Subscriber[] all;
    private final int channels;
    private final Checker checker;
    private final Histogram latency = new Histogram(LONGEST, 3);
    private final Map<String, Integer> ends = new LinkedHashMap<>();
    private Listener listener = (subscriber, sequence) -> {};
    private boolean hearsGaps;
    private long measuredFrom = Long.MAX_VALUE;
    private long measuredTo = Long.MAX_VALUE;
    private int begun;
    private int ready;
    private int endedBefore;
    private int ended;

    /** Is told of each delivery, besides. */
    interface Listener {
        void delivered(Subscriber subscriber, int sequence);
    }

    /** @param first the number of the first publication that each is to receive, which {@code since} must fit */
    Crowd(Loop loop, Target target, Transport transport, int count, Channels channels, String since, int first) {
        this.loop = loop;
        this.target = target;
        this.channels = channels.count();
        checker = new Checker(count, first);
        all = new Subscriber[count];
        for (int i = 0; i < count; i++) {
            all[i] = Subscriber.of(this, i, transport, target.dialect(), channels.name(i % this.channels), since);
        }
    }

    Loop loop() {
        return loop;
    }

    Target target() {
        return target;
    }

    Checker checker() {
        return checker;
    }

    /** From when publications were to be sent until they came, in nanoseconds. */
    Histogram latency() {
        return latency;
    }

    /** Where a subscriber connects from: one address has not enough ports for more. */
    InetSocketAddress from(int index) {
        if (all.length <= PER_ADDRESS) {
            return new InetSocketAddress(0);
        }
        return new InetSocketAddress("127.0.0." + (2 + index / PER_ADDRESS), 0);
    }

    void listener(Listener value) {
        listener = value;
    }

    /**
     * From now on what the hub tells of gaps is heard, and what it covers is not lost. To look for it takes 12 ns for each event of 128
     * bytes and 40 for a message of a WebSocket, which the loads with millions of them a second do not leave to the generator.
     */
    void hearGaps() {
        hearsGaps = true;
    }

    boolean hearsGaps() {
        return hearsGaps;
    }

    /** Only what was to be sent between these is counted in {@link #latency}. */
    void measure(long from, long to) {
        measuredFrom = from;
        measuredTo = to;
    }

    /**
     * Connects all, as many at once as that; returns when each is ready or has failed.
     *
     * @throws IllegalStateException not all are ready after two minutes
     */
    void connect(int atOnce) {
        long limit = Loop.now() + 120_000_000_000L;
        while (ready + endedBefore < all.length) {
            while (begun < all.length && begun - ready - endedBefore < atOnce) {
                all[begun++].begin();
            }
            loop.turn(10_000_000);
            if (Loop.now() > limit) {
                throw new IllegalStateException("only " + ready + " of " + all.length + " connected " + ends);
            }
        }
        if (endedBefore > 0) {
            throw new IllegalStateException(endedBefore + " of " + all.length + " did not connect: " + ends);
        }
    }

    void connect() {
        connect(AT_ONCE);
    }

    void ready() {
        ready++;
    }

    void ended(Subscriber subscriber, String why) {
        ended++;
        endedBefore += subscriber.wasReady() ? 0 : 1;
        ends.merge(why, 1, Integer::sum);
    }

    /** How many connections have ended by themselves, and why. */
    int ended() {
        return ended;
    }

    Map<String, Integer> ends() {
        return ends;
    }

    void delivered(Subscriber subscriber, long time, int sequence, int channel) {
        int index = subscriber.index();
        if (channel != index % channels) {
            checker.foreign();
            return;
        }
        checker.delivered(index, sequence);
        if (time >= measuredFrom && time < measuredTo) {
            latency.recordValue(Math.min(LONGEST, Math.max(0, loop.received() - time)));
        }
        listener.delivered(subscriber, sequence);
    }

    @Override
    public void close() {
        for (Subscriber one : all) {
            one.close();
        }
        loop.turn(0);
    }
}
