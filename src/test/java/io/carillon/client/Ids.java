package io.carillon.client;

import java.util.Arrays;

/** The ids that one connection has received, in order of arrival. One writer; others may look. */
final class Ids {
    private long[] ids = new long[16];
    private int size;

    synchronized void add(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
    }

    synchronized int size() {
        return size;
    }

    /** The newest; 0 when there is none. */
    synchronized long last() {
        return size == 0 ? 0 : ids[size - 1];
    }

    synchronized long[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
