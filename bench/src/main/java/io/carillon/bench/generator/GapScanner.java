package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;

/**
 * Finds the gaps that the hub tells one connection, wherever they were cut in pieces: {@code "from":12,"to":34}, which stands in
 * nothing else that a subscriber receives. One for each connection; makes no garbage. Not safe for concurrent use.
 */
final class GapScanner {
    /** Is told of each: what has an id above {@code from} and up to {@code to} does not come. */
    interface Found {
        void gap(long from, long to);
    }

    /** It begins with the rarest of its letters; # stands for a number. */
    private static final byte[] TEXT = "rom\":#,\"to\":#}".getBytes(StandardCharsets.US_ASCII);

    private final Found found;
    private int matched;
    private long from;
    private long number;

    GapScanner(Found found) {
        this.found = found;
    }

    void scan(byte[] in, int start, int end) {
        for (int at = start; at < end; at++) {
            if (matched == 0) {
                at = Bytes.find(TEXT[0], in, at, end);
                matched = at < end ? 1 : 0;
            } else {
                next(in[at]);
            }
        }
    }

    private void next(byte one) {
        if (TEXT[matched] == '#') {
            if (one >= '0' && one <= '9') {
                number = number * 10 + one - '0';
                return;
            }
            matched++;
        }
        if (one != TEXT[matched]) {
            matched = one == TEXT[0] ? 1 : 0;
            return;
        }
        switch (one) {
            case ':' -> number = 0;
            case ',' -> from = number;
            default -> {}
        }
        if (++matched == TEXT.length) {
            matched = 0;
            found.gap(from, number);
        }
    }
}
