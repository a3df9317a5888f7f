package io.carillon.bench.generator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the head of an HTTP/1.1 response where it lies, without making anything. */
final class Head {
    private Head() {}

    /** A field's name as {@link #field} wants it. */
    static byte[] name(String name) {
        return ("\n" + name.toLowerCase(Locale.ROOT) + ":").getBytes(StandardCharsets.US_ASCII);
    }

    static int status(byte[] in, int from) {
        int at = from + "HTTP/1.1 ".length();
        return (in[at] - '0') * 100 + (in[at + 1] - '0') * 10 + in[at + 2] - '0';
    }

    /** Where the field's value begins, or -1. */
    static int field(byte[] in, int from, int to, byte[] name) {
        for (int at = from; at + name.length < to; at++) {
            if (in[at] == '\n' && matches(in, at, name)) {
                int value = at + name.length;
                while (in[value] == ' ') {
                    value++;
                }
                return value;
            }
        }
        return -1;
    }

    /** Where the line ends that begins there. */
    static int end(byte[] in, int from) {
        int at = from;
        while (in[at] != '\r' && in[at] != '\n') {
            at++;
        }
        return at;
    }

    static long number(byte[] in, int from) {
        long value = 0;
        for (int at = from; in[at] >= '0' && in[at] <= '9'; at++) {
            value = value * 10 + in[at] - '0';
        }
        return value;
    }

    private static boolean matches(byte[] in, int at, byte[] name) {
        for (int i = 1; i < name.length; i++) {
            byte one = in[at + i];
            if ((one >= 'A' && one <= 'Z' ? one + 32 : one) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
