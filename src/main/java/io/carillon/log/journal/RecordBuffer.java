package io.carillon.log.journal;

import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait to be written, in one direct buffer that is used again and again. It grows to the largest record.
 * One thread.
 */
final class RecordBuffer {
    private static final byte[] NONE = {};

    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer;

    RecordBuffer(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity);
    }

    /** False when a record of that many bytes has to wait until what is here has been written. */
    boolean fits(int bytes) {
        return buffer.remaining() >= bytes || buffer.position() == 0;
    }

    /** What waits, to be read. */
    ByteBuffer flip() {
        return buffer.flip();
    }

    void clear() {
        buffer.clear();
    }

    // ---- entries ----

    /** Bytes of a record of entries without the entries. */
    static int entriesOverhead() {
        return Format.PREFIX + Format.ENTRIES_PREFIX;
    }

    /** The most bytes that an entry takes. */
    static int mostBytesOf(NewPublication publication) {
        String key = publication.key();
        return 1
                + publication.channel().value().length()
                + 2
                + 3 * publication.event().length()
                + 2
                + (key == null ? 0 : 3 * key.length())
                + 12
                + publication.data().length;
    }

    /** Begins a record; returns where, for {@link #end}. */
    int beginEntries(int bytes, long first, long durable, long time, int count) {
        int start = begin(bytes, Format.ENTRIES);
        buffer.putLong(first).putLong(durable).putLong(time).putInt(count);
        return start;
    }

    void entry(Publication publication, @Nullable String key) {
        putChannel(publication.channel());
        String event = publication.event();
        putText(event.equals(Publication.DEFAULT_EVENT) ? NONE : event.getBytes(StandardCharsets.UTF_8));
        putText(key == null ? NONE : key.getBytes(StandardCharsets.UTF_8));
        byte[] data = publication.ephemeral() ? NONE : publication.data();
        buffer.putLong(publication.expires()).putInt(data.length).put(data);
    }

    // ---- the head of a segment ----

    void head(long previous, long base, long lost, int floors) {
        int start = begin(Format.PREFIX + 30, Format.HEAD);
        buffer.put(Format.VERSION).putLong(previous).putLong(base).putLong(lost).putInt(floors);
        end(start);
    }

    int beginFloors(int bytes, int count) {
        int start = begin(bytes, Format.FLOORS);
        buffer.putInt(count);
        return start;
    }

    void floor(String channel, long newest) {
        putChannel(channel);
        buffer.putLong(newest);
    }

    // ---- all records ----

    private int begin(int bytes, byte kind) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        int start = buffer.position();
        buffer.position(start + Format.PREFIX).put(kind);
        return start;
    }

    /** Completes the record that begins there. */
    void end(int start) {
        int end = buffer.position();
        buffer.putInt(start + 4, end - start - Format.PREFIX);
        crc.reset();
        crc.update(buffer.duplicate().position(start + 4).limit(end));
        buffer.putInt(start, (int) crc.getValue());
    }

    private void putChannel(String name) {
        buffer.put((byte) name.length());
        for (int i = 0; i < name.length(); i++) {
            buffer.put((byte) name.charAt(i));
        }
    }

    private void putText(byte[] text) {
        buffer.putShort((short) text.length).put(text);
    }
}
