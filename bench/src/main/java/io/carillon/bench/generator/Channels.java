package io.carillon.bench.generator;

import java.util.Locale;

/**
 * The channels of one measurement; no other has the same.
 *
 * @param suffix makes patterns of them
 */
record Channels(String prefix, int count, String suffix) {
    static final int DIGITS = 6;

    /** So many with names that nobody has had before. */
    static Channels fresh(int count) {
        return new Channels("b" + Long.toString(System.nanoTime(), 36) + "-", count, "");
    }

    /** As many patterns; none of them matches a channel that is in use. */
    static Channels patterns(int count) {
        return new Channels("b" + Long.toString(System.nanoTime(), 36) + "-", count, ".**");
    }

    String name(int channel) {
        return prefix + String.format(Locale.ROOT, "%06d", channel) + suffix;
    }
}
