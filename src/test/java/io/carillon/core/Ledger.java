package io.carillon.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everything that was acknowledged to a publisher: what the promise is measured by. Safe for concurrent use. */
final class Ledger {
    /** @param expires milliseconds since the epoch; 0 is never */
    record Entry(long id, String channel, long expires) {}

    private final ConcurrentSkipListMap<Long, Entry> entries = new ConcurrentSkipListMap<>();

    void acknowledged(long id, String channel, long expires) {
        if (entries.put(id, new Entry(id, channel, expires)) != null) {
            throw new AssertionError("the id " + id + " was given out twice");
        }
    }

    /** What a pattern covers, after one id and before another, in order. */
    List<Entry> between(ChannelPattern pattern, long after, long before) {
        List<Entry> covered = new ArrayList<>();
        if (after + 1 < before) {
            for (Entry entry : entries.subMap(after, false, before, false).values()) {
                if (pattern.matches(entry.channel())) {
                    covered.add(entry);
                }
            }
        }
        return covered;
    }

    /** Some id that was given out: the {@code n}th, counted round. */
    long idOf(int n, long otherwise) {
        List<Long> ids = List.copyOf(entries.keySet());
        return ids.isEmpty() ? otherwise : ids.get(n % ids.size());
    }
}
