package io.carillon.bench.generator;

import java.util.function.Supplier;

/** Connections on which nothing happens. */
public final class Idle {
    private static final long SETTLED = 4_000_000_000L;

    private Idle() {}

    /**
     * Connects so many subscribers of one channel each, and asks what there is to be asked when they are at rest. Nothing is read from them
     * meanwhile.
     */
    public static <T> T with(Target target, Transport transport, int count, Supplier<T> question) {
        return with(target, transport, Channels.fresh(count), question);
    }

    /** The same with a pattern each that matches nothing. */
    public static <T> T withPatterns(Target target, Transport transport, int count, Supplier<T> question) {
        return with(target, transport, Channels.patterns(count), question);
    }

    private static <T> T with(Target target, Transport transport, Channels channels, Supplier<T> question) {
        Loop loop = new Loop();
        try (Crowd crowd = new Crowd(loop, target, transport, channels.count(), channels, "", 0)) {
            crowd.connect();
            loop.serve(SETTLED);
            T answer = question.get();
            loop.turn(1_000_000);
            if (crowd.ended() > 0) {
                throw new IllegalStateException(crowd.ended() + " idle connections have ended: " + crowd.ends());
            }
            return answer;
        } finally {
            loop.close();
        }
    }
}
