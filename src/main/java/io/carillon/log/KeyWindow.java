package io.carillon.log;

import io.carillon.core.Appended;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the last minutes and what was answered to them. Guarded by its log. */
final class KeyWindow {
    private record Remembered(String key, long id, long until) {}

    private final long windowMillis;
    private final Map<String, Appended> answers = new HashMap<>();
    private final ArrayDeque<Remembered> byAge = new ArrayDeque<>();

    KeyWindow(Duration window) {
        this.windowMillis = window.toMillis();
    }

    /** Keys of different channels are different keys. A channel's name has no space. */
    private static String scoped(String channel, String key) {
        return channel + ' ' + key;
    }

    @Nullable
    Appended find(String channel, String key) {
        return answers.get(scoped(channel, key));
    }

    /** @param time when the publication was taken */
    void remember(String key, Appended answer, long time) {
        String scoped = scoped(answer.channel(), key);
        answers.put(scoped, answer);
        byAge.add(new Remembered(scoped, answer.id(), time + windowMillis));
    }

    /** Drops those whose time is over; also when the clock has been stepped back they go in their order. */
    void expire(long now) {
        for (Remembered oldest; (oldest = byAge.peek()) != null && oldest.until <= now; ) {
            forget(oldest);
            byAge.remove();
        }
    }

    /** Drops the keys of what was not stored: those of newer ids. */
    void forgetAfter(long id) {
        for (Remembered newest; (newest = byAge.peekLast()) != null && newest.id > id; ) {
            forget(newest);
            byAge.removeLast();
        }
    }

    private void forget(Remembered one) {
        Appended answer = answers.get(one.key);
        if (answer != null && answer.id() == one.id) {
            answers.remove(one.key);
        }
    }
}
