package io.carillon.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of one node's connections: the node's name, when it began, and a number. They are unique among all nodes and restarts. A connection keeps its number
 * only; the text is made for who asks. Safe for concurrent use.
 */
final class ConnectionIds {
    /** No connection has it. */
    static final long NONE = 0;

    private final String prefix;
    private final AtomicLong last = new AtomicLong(NONE);

    /** @param began milliseconds since the epoch; no other run of the node has the same */
    ConnectionIds(String node, long began) {
        this.prefix = node + '-' + Long.toString(began, Character.MAX_RADIX) + '-';
    }

    long next() {
        return last.incrementAndGet();
    }

    String text(long number) {
        return prefix + Long.toString(number, Character.MAX_RADIX);
    }

    /** The number in an id; {@link #NONE} if it is not one that {@link #text} makes of a number that has been given. */
    long number(String id) {
        if (!id.startsWith(prefix)) {
            return NONE;
        }
        long number;
        try {
            number = Long.parseLong(id, prefix.length(), id.length(), Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            return NONE;
        }
        return number > NONE && number <= last.get() && text(number).equals(id) ? number : NONE;
    }
}
