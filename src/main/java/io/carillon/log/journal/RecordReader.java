package io.carillon.log.journal;

import io.carillon.log.journal.Store.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads the records of one segment file, from its beginning. One thread. */
final class RecordReader {
    private static final int WINDOW = 256 << 10;

    private final StoreFile file;
    private final long size;
    private final CRC32C crc = new CRC32C();

    /** The bytes of the file from {@code at} on, as many as were loaded. */
    private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);

    private long at;
    private long position;
    private int length;

    RecordReader(StoreFile file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** Offset of what has not been read as a record. */
    long position() {
        return position;
    }

    long size() {
        return size;
    }

    /** Reads the record at the position and moves behind it. False when there is none: the position stays. */
    boolean next() throws IOException {
        if (!isRecord(position)) {
            return false;
        }
        position += Format.PREFIX + length;
        return true;
    }

    void rewind() {
        position = 0;
    }

    /** The body of the record that was just read, good until the next call. */
    ByteBuffer body() {
        return window.slice((int) (position - length - at), length);
    }

    /** True when there is nothing behind the position, or zeros only: room that was never written to. */
    boolean atEnd() throws IOException {
        for (long offset = position; offset < size; offset++) {
            load(offset, 1);
            if (window.get((int) (offset - at)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** True when the file ends before the record at the position does: what a kill leaves of a write. */
    boolean endsTooEarly() throws IOException {
        if (position + Format.PREFIX >= size) {
            return true;
        }
        load(position, Format.PREFIX);
        int claimed = window.getInt((int) (position - at) + 4);
        return claimed > size - position - Format.PREFIX;
    }

    /**
     * Looks behind the position for a whole record with entries that are newer than an id, and moves to it.
     *
     * @return what the disk had for certain when it was written; -1 if there is none, and the position is the end
     */
    long seekEntriesAfter(long id) throws IOException {
        int least = Format.PREFIX + Format.ENTRIES_PREFIX;
        for (long offset = position + 1; offset + least <= size; offset++) {
            load(offset, least);
            int body = (int) (offset - at) + Format.PREFIX;
            if (window.get(body) == Format.ENTRIES) {
                long first = window.getLong(body + 1);
                long durable = window.getLong(body + 9);
                if (first > id && first < Format.MAX_ID && isRecord(offset)) {
                    position = offset;
                    return durable;
                }
            }
        }
        position = size;
        return -1;
    }

    private boolean isRecord(long offset) throws IOException {
        if (offset + Format.PREFIX >= size) {
            return false;
        }
        load(offset, Format.PREFIX);
        int start = (int) (offset - at);
        int expected = window.getInt(start);
        length = window.getInt(start + 4);
        if (length <= 0 || length > size - offset - Format.PREFIX) {
            return false;
        }
        load(offset, Format.PREFIX + length);
        crc.reset();
        crc.update(window.array(), (int) (offset - at) + 4, length + 4);
        return (int) crc.getValue() == expected;
    }

    /** Sees to it that these bytes are in the window; they are in the file. */
    private void load(long offset, int bytes) throws IOException {
        if (offset >= at && offset + bytes <= at + window.limit()) {
            return;
        }
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocate(bytes);
        }
        window.clear();
        at = offset;
        while (window.hasRemaining()) {
            int n = file.read(window, at + window.position());
            if (n < 0) {
                break;
            }
        }
        window.flip();
        if (window.limit() < bytes) {
            throw new IOException("the file became shorter while it was read");
        }
    }
}
