package io.carillon.bench.generator;

import java.util.Locale;

/** The channels of one measurement; no other has the same. */
record Channels(String prefix, int count) {
    static final int DIGITS = 6;

    String name(int channel) {
        return prefix + String.format(Locale.ROOT, "%06d", channel);
    }
}
