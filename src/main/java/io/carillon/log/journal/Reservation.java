package io.carillon.log.journal;

import io.carillon.log.journal.Store.StoreFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Up to which id the log may have given out, kept in a file of its own: so none is given out twice, even when the newest
 * records are lost. The disk has it before such an id is used. Two places are written in turn, so that one is whole.
 *
 * <p>Safe for concurrent use under its monitor.
 */
final class Reservation implements Closeable {
    static final String FILE = "ids";

    /** Ids that are reserved at a time: as many as a crash leaves out at most. */
    static final long STEP = 1 << 20;

    private static final int PLACE = 512;
    private static final int BYTES = 4 + 8 + 8 + 8 + 1 + 16;

    private enum How {
        /** Closed: all up to the id is in the log. */
        CLOSED(0),
        /** In use, and each record is on the disk before it is acknowledged. */
        IN_USE(1),
        /** In use, and a power cut may lose what was acknowledged. */
        IN_USE_LAZILY(2),
        /** Something that was acknowledged may not have reached the disk, and the kernel may not have it either. */
        IN_DOUBT(3);

        final byte code;

        How(int code) {
            this.code = (byte) code;
        }

        static How of(byte code) {
            return Arrays.stream(values())
                    .filter(how -> how.code == code)
                    .findFirst()
                    .orElse(IN_DOUBT);
        }
    }

    /**
     * What the life before left.
     *
     * @param ids up to this one may have been given out
     * @param closed it was closed in good order
     * @param newest the newest that was in the log, when it was closed
     * @param all everything that was written must be there: it was closed, or the kernel has not been started anew
     * @param acknowledged everything that was acknowledged must be there
     */
    record Left(long ids, boolean closed, long newest, boolean all, boolean acknowledged) {}

    private final StoreFile file;
    private final UUID boot;
    private final ByteBuffer place = ByteBuffer.allocateDirect(PLACE);
    private final CRC32C crc = new CRC32C();
    private final @Nullable Left left;

    private long version;
    private long limit;
    private long newest;
    private How how = How.CLOSED;

    Reservation(Store store) throws IOException {
        String text = store.boot();
        this.boot = text.isEmpty() ? UUID.randomUUID() : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        this.file = store.open(FILE);
        Left one = read(0);
        Left other = read(PLACE);
        this.left = other == null ? one : other;
    }

    /** Null when this is a new journal, or the file was taken away. */
    @Nullable
    Left left() {
        return left;
    }

    /** Begins to give out ids after this one. */
    synchronized void begin(long after, boolean lazily) throws IOException {
        how = lazily ? How.IN_USE_LAZILY : How.IN_USE;
        write(after + STEP);
    }

    /** Before ids up to this one are given out. */
    synchronized void use(long id) throws IOException {
        if (id > limit) {
            write(id + STEP);
        }
    }

    /** Syncing failed: at the next start not all that was written needs to be there. */
    synchronized void doubt() throws IOException {
        if (how == How.IN_USE_LAZILY) {
            how = How.IN_DOUBT;
            write(limit);
        }
    }

    /**
     * Everything is on the disk.
     *
     * @param newestInLog the newest id that was stored; one or more may have been given out after it in vain
     */
    synchronized void closed(long lastGivenOut, long newestInLog) throws IOException {
        how = How.CLOSED;
        newest = newestInLog;
        write(lastGivenOut);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    // ---- in the file ----

    private void write(long ids) throws IOException {
        version++;
        place.clear();
        place.putInt(0).putLong(version).putLong(ids).putLong(newest).put(how.code);
        place.putLong(boot.getMostSignificantBits()).putLong(boot.getLeastSignificantBits());
        place.putInt(0, checksum());
        place.position(0).limit(PLACE);
        file.write(place, version % 2 * PLACE);
        file.force();
        limit = ids;
    }

    /** Reads one place; null unless it is whole and newer than what was read before. */
    private @Nullable Left read(long at) throws IOException {
        place.clear();
        while (place.hasRemaining()) {
            if (file.read(place, at + place.position()) < 0) {
                return null;
            }
        }
        place.flip();
        int expected = place.getInt();
        long found = place.getLong();
        if (checksum() != expected || found <= version) {
            return null;
        }
        version = found;
        long ids = place.getLong();
        long inLog = place.getLong();
        How was = How.of(place.get());
        boolean sameBoot = boot.equals(new UUID(place.getLong(), place.getLong()));
        boolean all = was == How.CLOSED || (sameBoot && was != How.IN_DOUBT);
        return new Left(ids, was == How.CLOSED, was == How.CLOSED ? inLog : 0, all, all || was == How.IN_USE);
    }

    private int checksum() {
        crc.reset();
        crc.update(place.duplicate().position(4).limit(BYTES));
        return (int) crc.getValue();
    }
}
