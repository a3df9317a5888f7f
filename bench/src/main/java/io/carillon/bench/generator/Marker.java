package io.carillon.bench.generator;

import java.util.Arrays;

/**
 * What stands at the beginning of each publication's data: when it was to be sent, its number in its channel, and the channel:
 * {@code ~C<16 hex digits><8 hex digits><6 hex digits>~}. It needs no escaping in JSON, and no server writes a tilde by itself.
 */
public final class Marker {
    static final int LENGTH = 33;
    static final byte TILDE = '~';

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] VALUES = new byte[128];

    private static final int TIME = 2;
    private static final int SEQUENCE = TIME + 16;
    private static final int CHANNEL = SEQUENCE + 8;
    private static final int END = CHANNEL + 6;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (byte i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = i;
        }
    }

    private Marker() {}

    /** @param time not negative */
    static void write(byte[] to, int at, long time, int sequence, int channel) {
        to[at] = TILDE;
        to[at + 1] = 'C';
        hex(to, at + TIME, 16, time);
        hex(to, at + SEQUENCE, 8, sequence);
        hex(to, at + CHANNEL, 6, channel);
        to[at + END] = TILDE;
    }

    /** Whether a whole one stands there; there are at least {@link #LENGTH} bytes. */
    static boolean stands(byte[] in, int at) {
        if (in[at] != TILDE || in[at + 1] != 'C' || in[at + END] != TILDE) {
            return false;
        }
        int bad = 0;
        for (int i = at + TIME; i < at + END; i++) {
            bad |= in[i] < 0 ? -1 : VALUES[in[i]];
        }
        return bad >= 0;
    }

    static long time(byte[] in, int at) {
        return number(in, at + TIME, 16);
    }

    static int sequence(byte[] in, int at) {
        return (int) number(in, at + SEQUENCE, 8);
    }

    static int channel(byte[] in, int at) {
        return (int) number(in, at + CHANNEL, 6);
    }

    private static void hex(byte[] to, int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            to[i] = DIGITS[(int) (rest & 15)];
            rest >>>= 4;
        }
    }

    private static long number(byte[] in, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value << 4 | VALUES[in[i]];
        }
        return value;
    }
}
