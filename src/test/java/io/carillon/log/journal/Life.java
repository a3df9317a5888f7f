package io.carillon.log.journal;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.Log;
import io.carillon.core.ManualClock;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.log.KeyLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One life of a journal on a fake disk, from its start to its end, with what its tail was told. */
final class Life implements Log.Tail {
    static final Duration KEY_WINDOW = Duration.ofMinutes(5);

    /** What a test may set. */
    record Options(SyncPolicy sync, int segment, int size, boolean skip, int channels) {
        static final Options ALWAYS = new Options(SyncPolicy.ALWAYS, 1 << 20, 64 << 20, false, 1000);

        Options sync(SyncPolicy policy) {
            return new Options(policy, segment, size, skip, channels);
        }

        Options segments(int bytes, int allBytes) {
            return new Options(sync, bytes, allBytes, skip, channels);
        }

        Options skipping() {
            return new Options(sync, segment, size, true, channels);
        }

        Options channels(int most) {
            return new Options(sync, segment, size, skip, most);
        }

        JournalSettings settings() {
            return new JournalSettings(
                    Path.of("disk"),
                    sync,
                    Duration.ofMillis(1),
                    segment,
                    size,
                    skip,
                    new KeyLimits(KEY_WINDOW, 1 << 20),
                    channels);
        }
    }

    final JournalLog log;
    long base = -1;
    long lost;
    final Map<String, Long> dropped = new HashMap<>();
    private final List<Publication> applied = new ArrayList<>();

    private Life(FakeDisk disk, ManualClock clock, Options options) {
        log = new JournalLog(options.settings(), clock, disk::open);
    }

    static Life start(FakeDisk disk, ManualClock clock, Options options) {
        Life life = new Life(disk, clock, options);
        life.log.start(life);
        return life;
    }

    // ---- appending ----

    long append(String channel) {
        return append(channel, "1");
    }

    long append(String channel, String data) {
        return append(channel, data, null).id();
    }

    Appended append(String channel, String data, @Nullable String key) {
        return log.append(List.of(publication(channel, data, key))).get(0);
    }

    static NewPublication publication(String channel, String data, @Nullable String key) {
        return new NewPublication(
                new ChannelName(channel), "message", data.getBytes(StandardCharsets.UTF_8), null, key);
    }

    // ---- what the tail was told ----

    synchronized List<Publication> applied() {
        return List.copyOf(applied);
    }

    List<Long> ids() {
        return applied().stream().map(Publication::id).toList();
    }

    /** True if who has a cursor below that id is told of a gap in this channel. */
    boolean gapCovers(String channel, long id) {
        return id <= Math.max(Math.max(base, lost), dropped.getOrDefault(channel, 0L));
    }

    @Override
    public void begin(long base) {
        this.base = base;
    }

    @Override
    public void dropped(String channel, long newest) {
        dropped.put(channel, newest);
    }

    @Override
    public synchronized void apply(List<Publication> batch) {
        applied.addAll(batch);
    }

    @Override
    public void lost(long upTo) {
        lost = upTo;
    }
}
