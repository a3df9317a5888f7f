package io.carillon.protocol;

/** Well-formedness of UTF-8 (Unicode, table 3-7), which jackson-core does not check in what it skips. */
final class Utf8 {
    private Utf8() {}

    /** Where the first ill-formed sequence begins; -1 when there is none. */
    static int firstInvalid(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int b = bytes[i];
            if (b >= 0) {
                i++;
                continue;
            }
            int length = length(bytes, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** Of the sequence of two to four bytes that begins there; 0 when it is ill-formed. */
    private static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int second = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
        int low = 0x80;
        int high = 0xbf;
        int length;
        if (lead >= 0xc2 && lead <= 0xdf) {
            length = 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            length = 3;
            low = lead == 0xe0 ? 0xa0 : low; // not longer than need be
            high = lead == 0xed ? 0x9f : high; // no surrogates
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            length = 4;
            low = lead == 0xf0 ? 0x90 : low;
            high = lead == 0xf4 ? 0x8f : high; // not above U+10FFFF
        } else {
            return 0;
        }
        if (at + length > bytes.length || second < low || second > high) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
