package io.carillon.log.journal;

/**
 * How a segment file is written. All numbers are big-endian.
 *
 * <pre>
 * file    = head floors* entries*
 * record  = crc:4 length:4 body         CRC32C of all that follows it; length of the body
 * head    = 1:1 version:1 previous:8 base:8 lost:8 floors:4
 * floors  = 2:1 count:4 { channel newest:8 }*
 * entries = 3:1 first:8 durable:8 time:8 count:4 { channel event key expires:8 dataLength:4 data }*
 * channel = length:1 ASCII              event, key = length:2 UTF-8; no length is the default event, no key
 * </pre>
 *
 * No data, which is no JSON, is the place of an ephemeral publication: its id has been given out, nothing else is left.
 *
 * <p>One record holds what one append stored: so all of it is there or nothing. Its entries have the ids from {@code first}
 * on. {@code durable} is the newest id that the disk had for certain when the record was written: it tells damage (what
 * is broken had been on the disk) from what a power cut leaves (it had not). A head says which id was the newest before
 * its segment, and for each channel the newest id in all segments before: so deleting them loses no floor. A cursor
 * below {@code base} may have missed an entry of a channel that is not listed, one below {@code lost} of any channel.
 */
final class Format {
    static final byte HEAD = 1;
    static final byte FLOORS = 2;
    static final byte ENTRIES = 3;

    static final byte VERSION = 1;

    /** Bytes of checksum and length. */
    static final int PREFIX = 8;

    /** Bytes of a body of entries before the first of them. */
    static final int ENTRIES_PREFIX = 29;

    static final long MAX_ID = 1L << 53;

    private static final String SUFFIX = ".journal";

    private Format() {}

    /** A segment's name sorts as the ids in it do. */
    static String segmentName(long first) {
        return String.format("%016d%s", first, SUFFIX);
    }

    static boolean isSegment(String name) {
        return name.endsWith(SUFFIX);
    }
}
