package io.carillon.log;

import io.carillon.core.Appended;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the last minutes and what was answered to them. Guarded by its log. */
final class KeyWindow {
    /** Estimated heap of a key beside its characters: objects, headers, its places in map and queue. */
    static final int OVERHEAD = 208;

    private static final System.Logger LOG = System.getLogger(KeyWindow.class.getName());

    private record Remembered(String key, long id, long until) {
        int bytes() {
            return OVERHEAD + key.length();
        }
    }

    private final long windowMillis;
    private final long mostBytes;
    private final Map<String, Appended> answers = new HashMap<>();
    private final ArrayDeque<Remembered> byAge = new ArrayDeque<>();

    private long bytes;
    private boolean told;

    KeyWindow(KeyLimits limits) {
        this.windowMillis = limits.window().toMillis();
        this.mostBytes = limits.bytes();
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
        Remembered newest = new Remembered(scoped, answer.id(), time + windowMillis);
        answers.put(scoped, answer);
        byAge.add(newest);
        bytes += newest.bytes();
        while (bytes > mostBytes) {
            tellOnce();
            forget(byAge.remove());
        }
    }

    private void tellOnce() {
        if (!told) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "idempotency keys take {0} bytes, the limit: from now on the oldest of {1} are forgotten before their time",
                    Long.toString(mostBytes),
                    Integer.toString(byAge.size()));
        }
    }

    /** Drops those whose time is over; also when the clock has been stepped back they go in their order. */
    void expire(long now) {
        for (Remembered oldest; (oldest = byAge.peek()) != null && oldest.until <= now; ) {
            forget(byAge.remove());
        }
    }

    /** Drops the keys of what was not stored: those of newer ids. */
    void forgetAfter(long id) {
        for (Remembered newest; (newest = byAge.peekLast()) != null && newest.id > id; ) {
            forget(byAge.removeLast());
        }
    }

    private void forget(Remembered one) {
        bytes -= one.bytes();
        Appended answer = answers.get(one.key);
        if (answer != null && answer.id() == one.id) {
            answers.remove(one.key);
        }
    }
}
