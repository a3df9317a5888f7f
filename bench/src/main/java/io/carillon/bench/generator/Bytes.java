package io.carillon.bench.generator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte, eight at a time. */
final class Bytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Bytes() {}

    /** Where the next such byte is, or {@code to}. A byte that is zero after the xor is one. */
    static int find(byte wanted, byte[] in, int from, int to) {
        long eight = ONES * wanted;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long zero = (long) LONGS.get(in, at) ^ eight;
            long hit = (zero - ONES) & ~zero & HIGHS;
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (at < to && in[at] != wanted) {
            at++;
        }
        return at;
    }
}
