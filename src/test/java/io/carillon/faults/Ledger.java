package io.carillon.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the publishers know of each publication: sent, and then stored under an id, refused, or never answered, which may be
 * either. In each channel publications have numbers, from 0 on. Safe for concurrent use.
 */
final class Ledger {
    private static final long UNKNOWN = 0;
    private static final long REFUSED = -1;

    private final Map<String, Page> pages = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long acknowledged;

    private static final class Page {
        long[] ids = new long[64];
        int size;
    }

    /** About to be sent for the first time; returns its number. */
    synchronized int send(String channel) {
        Page page = pages.computeIfAbsent(channel, c -> new Page());
        if (page.size == page.ids.length) {
            page.ids = Arrays.copyOf(page.ids, page.size * 2);
        }
        return page.size++;
    }

    /** Acknowledged. A second answer must be the first one again. */
    synchronized void stored(String channel, int number, long id) {
        long[] ids = pages.get(channel).ids;
        if (ids[number] > 0 && ids[number] != id) {
            contradictions.add(channel + " number " + number + " was answered " + ids[number] + ", then " + id);
        }
        if (ids[number] <= 0) {
            acknowledged++;
        }
        ids[number] = id;
    }

    /** The hub has said that it is not stored, and it was not sent again. */
    synchronized void refused(String channel, int number) {
        pages.get(channel).ids[number] = REFUSED;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Sent and neither acknowledged nor refused. */
    synchronized long unknown() {
        return pages.values().stream().mapToLong(page -> count(page, UNKNOWN)).sum();
    }

    synchronized long refused() {
        return pages.values().stream().mapToLong(page -> count(page, REFUSED)).sum();
    }

    private static long count(Page page, long state) {
        return Arrays.stream(page.ids, 0, page.size).filter(id -> id == state).count();
    }

    /** The newest id that was acknowledged; 0 when none was. */
    synchronized long newest() {
        return pages.values().stream()
                .flatMapToLong(page -> Arrays.stream(page.ids, 0, page.size))
                .max()
                .orElse(0);
    }

    /** The newest id that was acknowledged in a channel; 0 when none was. */
    synchronized long newest(String channel) {
        Page page = pages.get(channel);
        return page == null
                ? 0
                : Math.max(0, Arrays.stream(page.ids, 0, page.size).max().orElse(0));
    }

    synchronized List<String> channels() {
        return List.copyOf(pages.keySet());
    }

    /** By number: the id, 0 when unknown, negative when refused. A copy. */
    synchronized long[] answers(String channel) {
        Page page = pages.get(channel);
        return page == null ? new long[0] : Arrays.copyOf(page.ids, page.size);
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }
}
