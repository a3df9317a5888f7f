package io.carillon.bench.generator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the markers in what one connection receives, whatever stands around them and wherever it was cut in pieces. One for
 * each connection; makes no garbage. Not safe for concurrent use.
 */
final class MarkerScanner {
    /** Is told of each. */
    interface Found {
        void found(long time, int sequence, int channel);
    }

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long TILDES = ONES * Marker.TILDE;

    private final Found found;
    private final byte[] carry = new byte[Marker.LENGTH];
    private int carried;

    MarkerScanner(Found found) {
        this.found = found;
    }

    void scan(byte[] in, int from, int to) {
        int at = carried == 0 ? from : finishCarried(in, from, to);
        while ((at = tilde(in, at, to)) < to) {
            if (to - at < Marker.LENGTH) {
                carried = to - at;
                System.arraycopy(in, at, carry, 0, carried);
                return;
            }
            if (Marker.stands(in, at)) {
                tell(in, at);
                at += Marker.LENGTH;
            } else {
                at++;
            }
        }
    }

    /** Where what follows the carried one begins. */
    private int finishCarried(byte[] in, int from, int to) {
        int at = from;
        while (carried > 0) {
            int taken = Math.min(Marker.LENGTH - carried, to - at);
            System.arraycopy(in, at, carry, carried, taken);
            carried += taken;
            at += taken;
            if (carried < Marker.LENGTH) {
                return at;
            }
            if (Marker.stands(carry, 0)) {
                tell(carry, 0);
                carried = 0;
            } else {
                int next = tilde(carry, 1, carried);
                carried -= next;
                System.arraycopy(carry, next, carry, 0, carried);
            }
        }
        return at;
    }

    private void tell(byte[] in, int at) {
        found.found(Marker.time(in, at), Marker.sequence(in, at), Marker.channel(in, at));
    }

    /** Where the next one is, or {@code to}. Eight bytes at a time: a byte that is zero after the xor is one. */
    private static int tilde(byte[] in, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long zero = (long) LONGS.get(in, at) ^ TILDES;
            long hit = (zero - ONES) & ~zero & HIGHS;
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (at < to && in[at] != Marker.TILDE) {
            at++;
        }
        return at;
    }
}
