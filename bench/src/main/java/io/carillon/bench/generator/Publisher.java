package io.carillon.bench.generator;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Publishes by HTTP over some connections that stay. A channel always takes the same one, so that the server can keep its order;
 * requests follow each other on it without waiting for answers, up to a bound. Not safe for concurrent use.
 */
final class Publisher implements AutoCloseable {
    private static final long LONGEST = 600_000_000_000L;
    private static final long SILENCE = 10_000_000_000L;

    private final Loop loop;
    private final Request request;
    private final int depth;
    private final Line[] lines;
    private final int[] published;
    private final Histogram acknowledging = new Histogram(LONGEST, 3);
    private final Map<Integer, Integer> refusals = new TreeMap<>();
    private long total;
    private long acknowledged;

    /**
     * @param connections how many
     * @param depth requests that one connection has under way at most
     */
    Publisher(Loop loop, Target target, Channels channels, Request request, int connections, int depth) {
        this.loop = loop;
        this.request = request;
        this.depth = depth;
        published = new int[channels.count()];
        lines = new Line[connections];
        for (int i = 0; i < connections; i++) {
            lines[i] = new Line();
            lines[i].connect(new InetSocketAddress(0), target.address());
        }
        for (Line line : lines) {
            while (!line.open) {
                loop.turn(1_000_000);
            }
        }
    }

    /** Publications by channel. */
    int[] published() {
        return published;
    }

    /** Publications sent. */
    long total() {
        return total;
    }

    /** Publications acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Requests that were answered otherwise, by status. */
    Map<Integer, Integer> refusals() {
        return refusals;
    }

    /** From when a request was to be sent to its answer, in nanoseconds. */
    Histogram acknowledging() {
        return acknowledging;
    }

    /** Whether that channel's connection has room. */
    boolean takes(int channel) {
        return lines[channel % lines.length].under < depth;
    }

    /** Sends one request, which begins with that channel; all that are in it must be its connection's. */
    void publish(int channel, long due) {
        lines[channel % lines.length].send(channel, due);
    }

    /**
     * Publishes so many to the first channel, and serves the loop until they are acknowledged.
     *
     * @throws IllegalStateException one was refused, or no answer comes for ten seconds
     */
    void publishAll(int count) {
        long wanted = total + count;
        long before = acknowledged;
        for (long since = Loop.now(); acknowledged < wanted; ) {
            while (total < wanted && takes(0)) {
                publish(0, Loop.now());
            }
            loop.turn(1_000_000);
            if (acknowledged > before) {
                before = acknowledged;
                since = Loop.now();
            }
            if (!refusals.isEmpty() || Loop.now() - since > SILENCE) {
                throw new IllegalStateException(wanted - acknowledged + " not acknowledged, refused: " + refusals);
            }
        }
    }

    @Override
    public void close() {
        for (Line line : lines) {
            line.close();
        }
        loop.turn(0);
    }

    /** One connection. */
    private final class Line extends Link implements Responses.Handler {
        private final Responses responses = new Responses(this);
        private final long[] due = new long[depth];
        private boolean open;
        private long sent;
        private long answered;
        private int under;

        Line() {
            super(Publisher.this.loop);
        }

        void send(int channel, long when) {
            byte[] bytes = request.patched(channel, when, published);
            total += request.batch();
            due[(int) (sent++ % depth)] = when;
            under++;
            send(bytes, bytes.length);
        }

        @Override
        void connected() {
            open = true;
        }

        @Override
        void received(byte[] in, int from, int to) {
            responses.feed(in, from, to);
        }

        @Override
        public void head(int status, byte[] in, int from, int to) {
            if (status / 100 == 2) {
                acknowledged += request.batch();
            } else {
                refusals.merge(status, 1, Integer::sum);
            }
        }

        @Override
        public void body(byte[] in, int from, int to) {
            // What the server says of it does not matter.
        }

        @Override
        public void end() {
            under--;
            acknowledging.recordValue(loop().received() - due[(int) (answered++ % depth)]);
        }

        @Override
        void ended(String why) {
            throw new IllegalStateException("a publishing connection, after " + sent + " requests: " + why);
        }
    }
}
