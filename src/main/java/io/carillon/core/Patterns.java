package io.carillon.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The patterns in use, and which channels each covers. Changed under the index' lock only; {@link #find} and {@link #matching}
 * take none. To make a pattern looks at every channel; to add a channel looks at every pattern.
 */
final class Patterns {
    private final int most;
    private final long windows;
    private final FrameCache.Budget frames;
    private final Map<String, PatternSource> byName = new ConcurrentHashMap<>();

    /**
     * @param most patterns in use at one time
     * @param windows bytes that the windows of all of them may pin
     */
    Patterns(int most, long windows, FrameCache.Budget frames) {
        this.most = most;
        this.windows = windows;
        this.frames = frames;
    }

    @Nullable
    PatternSource find(String name) {
        return byName.get(name);
    }

    /** Those that cover a channel of that name. */
    List<PatternSource> matching(String channel) {
        List<PatternSource> matching = new ArrayList<>(0);
        for (PatternSource pattern : byName.values()) {
            if (pattern.pattern.matches(channel)) {
                matching.add(pattern);
            }
        }
        return matching;
    }

    /** A view, as {@link Channels#all} is. */
    Collection<PatternSource> all() {
        return byName.values();
    }

    int count() {
        return byName.size();
    }

    /** Bytes that the window of one may pin. */
    long share() {
        return windows / Math.max(1, byName.size());
    }

    // ---- under the index' lock ----

    /** A channel has come to be. */
    void cover(Channel channel) {
        List<PatternSource> matching = matching(channel.name());
        matching.forEach(pattern -> pattern.add(channel));
        channel.patterns = matching.toArray(Channel.NO_PATTERNS);
    }

    /**
     * The one of that name, made if need be.
     *
     * @throws RefusedException when all are in use
     */
    PatternSource make(ChannelPattern pattern, Collection<Channel> channels, long base, long watermark) {
        PatternSource source = byName.get(pattern.value());
        if (source != null) {
            return source;
        }
        if (byName.size() >= most) {
            byName.values().forEach(this::forgetUnused);
        }
        if (byName.size() >= most) {
            throw new RefusedException(RefusedException.Why.FULL, "all " + most + " patterns of this node are in use");
        }
        source = new PatternSource(pattern, base, watermark, frames);
        for (Channel channel : channels) {
            if (pattern.matches(channel.name())) {
                source.add(channel);
                int n = channel.patterns.length;
                channel.patterns = Arrays.copyOf(channel.patterns, n + 1);
                channel.patterns[n] = source;
            }
        }
        byName.put(pattern.value(), source);
        return source;
    }

    /** Forgets one that nobody uses, or else has it give back what its cache and its window hold beyond their share. */
    void tidy(PatternSource pattern) {
        if (!forgetUnused(pattern)) {
            pattern.frames.sweep();
            pattern.trim(share());
        }
    }

    /** Its channels still have it, since they may be very many: the sweep takes it from them, and until then it keeps nothing. */
    private boolean forgetUnused(PatternSource pattern) {
        boolean unused = pattern.subscribers.count() == 0 && pattern.subscribers.retire();
        if (unused) {
            byName.remove(pattern.name(), pattern);
            pattern.frames.close();
            pattern.empty();
            pattern.forgotten = true;
        }
        return unused;
    }

    /** Channels have been forgotten. */
    void dropForgotten() {
        byName.values().forEach(PatternSource::dropForgotten);
    }
}
