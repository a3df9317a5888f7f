package io.carillon.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A named stream: what it retains, who is here, and the patterns that cover it. */
final class Channel extends Source {
    static final PatternSource[] NO_PATTERNS = new PatternSource[0];

    final ChannelOptions options;
    final Retention retention;

    /** The patterns that match this name, forgotten ones until the next sweep. Written under the index' lock, read by it only. */
    PatternSource[] patterns = NO_PATTERNS;

    Channel(String name, ChannelOptions options, long floor, FrameCache.Budget budget) {
        super(name, floor, budget);
        this.options = options;
        this.retention = options.retention();
    }

    /** Under the index' lock. */
    void dropForgottenPatterns() {
        if (patterns.length == 0) {
            return; // as of most, of which a sweep looks at very many
        }
        List<PatternSource> rest = new ArrayList<>(Arrays.asList(patterns));
        if (rest.removeIf(pattern -> pattern.forgotten)) {
            patterns = rest.toArray(NO_PATTERNS);
        }
    }

    @Override
    long floor() {
        return retained.floor();
    }

    @Override
    void open(Merge merge, Subscription subscription, long upTo) {
        if (lastId() > subscription.cursor) {
            merge.add(name(), retained.read(subscription.cursor, upTo), subscription);
        }
    }
}
