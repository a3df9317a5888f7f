package io.carillon.log.journal;

import io.carillon.core.ChannelName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest id of each channel. Each segment begins with what it was then: when the segments before are deleted, these
 * are the floors. Beyond a number of channels the base rises to the newest id of the one that was silent for longest.
 * One thread.
 */
final class Floors {
    private static final int CHUNK = 64 << 10;
    private static final int LARGEST = 1 + 255 + 8;

    static final class Newest {
        final String channel;
        long id;

        Newest(String channel, long id) {
            this.channel = channel;
            this.id = id;
        }

        long id() {
            return id;
        }
    }

    private final int most;
    private final Map<String, Newest> channels = new HashMap<>();
    private long base;
    private long lost;

    Floors(int most) {
        this.most = most;
    }

    /** A cursor below it may have missed something in a channel that is not known here. */
    long base() {
        return base;
    }

    void raiseBase(long id) {
        base = Math.max(base, id);
    }

    /** A cursor below it may have missed something in any channel. */
    long lost() {
        return lost;
    }

    void raiseLost(long id) {
        lost = Math.max(lost, id);
    }

    Iterable<Newest> channels() {
        return channels.values();
    }

    void add(String channel, long id) {
        Newest newest = channels.get(channel);
        if (newest != null) {
            newest.id = id;
            return;
        }
        if (ChannelName.isOfConnection(channel)) {
            return; // nobody comes back to it
        }
        if (channels.size() == most) {
            forgetSome();
        }
        channels.put(channel, new Newest(channel, id));
    }

    /** The same name as one string, however often it is read. */
    String intern(String channel) {
        Newest newest = channels.get(channel);
        return newest == null ? channel : newest.channel;
    }

    private void forgetSome() {
        List<Newest> oldest = new ArrayList<>(channels.values());
        oldest.sort(Comparator.comparingLong(Newest::id));
        for (Newest one : oldest.subList(0, most / 10 + 1)) {
            raiseBase(one.id);
            channels.remove(one.channel);
        }
    }

    // ---- in a file ----

    /** Empties the buffer when it is full. */
    interface Sink {
        void full() throws IOException;
    }

    /** Writes the head of a segment. */
    void write(RecordBuffer buffer, long previous, Sink sink) throws IOException {
        List<Newest> all = new ArrayList<>(channels.values());
        int perRecord = CHUNK / LARGEST;
        int records = (all.size() + perRecord - 1) / perRecord;
        buffer.head(previous, base, lost, records);
        for (int from = 0; from < all.size(); from += perRecord) {
            List<Newest> some = all.subList(from, Math.min(all.size(), from + perRecord));
            if (!buffer.fits(Format.PREFIX + CHUNK)) {
                sink.full();
            }
            int start = buffer.beginFloors(Format.PREFIX + CHUNK, some.size());
            for (Newest one : some) {
                buffer.floor(one.channel, one.id);
            }
            buffer.end(start);
        }
    }

    /** Reads the floors of one record. */
    void read(ByteBuffer body) {
        int count = body.getInt();
        for (int i = 0; i < count; i++) {
            add(Entries.channel(body), body.getLong());
        }
    }
}
