package io.carillon.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one subscriber has seen, in order, over all its connections. One writer; others may look.
 *
 * <p>Kept in arrays: a bench has thousands of them.
 */
final class Trail {
    /** For data that is not what anybody sent. */
    static final int FOREIGN = -1;

    /** A gap that the subscriber was told of, after so many publications. */
    record Told(int after, String channel, long from, long to) {
        /** True for a cursor that the log never gave out: everything may come anew. */
        boolean backward() {
            return from > to;
        }

        boolean covers(String of, long id) {
            return channel.equals(of) && id <= to && (id > from || backward());
        }
    }

    private final String name;
    private final List<String> channels;
    private final long since;
    private final List<Told> gaps = new ArrayList<>(0);
    private long[] ids = new long[16];
    private int[] numbers = new int[16];
    private byte[] channelOf = new byte[16];
    private int size;
    private int breaks;

    /**
     * @param channels at most 127 names; no patterns
     * @param since with which it began: what is newer must come
     */
    Trail(String name, List<String> channels, long since) {
        this.name = name;
        this.channels = List.copyOf(channels);
        this.since = since;
    }

    /** @param number as the data says; {@link #FOREIGN} when it is not data of the bench */
    synchronized void delivered(String channel, long id, int number) {
        if (size == ids.length) {
            int larger = size + (size >> 1);
            ids = Arrays.copyOf(ids, larger);
            numbers = Arrays.copyOf(numbers, larger);
            channelOf = Arrays.copyOf(channelOf, larger);
        }
        ids[size] = id;
        numbers[size] = number;
        channelOf[size] = (byte) channels.indexOf(channel);
        size++;
    }

    synchronized void gap(String channel, long from, long to) {
        gaps.add(new Told(size, channel, from, to));
    }

    /** Its connection was lost or ended. */
    synchronized void broken() {
        breaks++;
    }

    synchronized int breaks() {
        return breaks;
    }

    synchronized int size() {
        return size;
    }

    synchronized long id(int at) {
        return ids[at];
    }

    synchronized int number(int at) {
        return numbers[at];
    }

    /** Null for a channel that it has not subscribed to. */
    synchronized String channel(int at) {
        return channelOf[at] < 0 ? null : channels.get(channelOf[at]);
    }

    synchronized List<Told> gaps() {
        return List.copyOf(gaps);
    }

    List<String> channels() {
        return channels;
    }

    long since() {
        return since;
    }

    @Override
    public String toString() {
        return name;
    }
}
