package io.carillon.log;

import io.carillon.core.Appended;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the last minutes and what was answered to them. Guarded by its log's lock. */
final class KeyWindow {
    private record Remembered(String key, long until) {}

    private final long windowMillis;
    private final Map<String, Appended> answers = new HashMap<>();
    private final ArrayDeque<Remembered> byAge = new ArrayDeque<>();

    KeyWindow(Duration window) {
        this.windowMillis = window.toMillis();
    }

    /** Keys of different channels are different keys. A channel's name has no space. */
    static String scoped(String channel, String key) {
        return channel + ' ' + key;
    }

    @Nullable
    Appended find(String key) {
        return answers.get(key);
    }

    void remember(Map<String, Appended> fresh, long now) {
        fresh.forEach((key, answer) -> {
            answers.put(key, answer);
            byAge.add(new Remembered(key, now + windowMillis));
        });
    }

    /** Drops those whose time is over; also when the clock has been stepped back they go in their order. */
    void expire(long now) {
        for (Remembered oldest; (oldest = byAge.peek()) != null && oldest.until <= now; ) {
            answers.remove(oldest.key);
            byAge.remove();
        }
    }
}
