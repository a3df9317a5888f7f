package io.carillon.core;

/** A named stream: what it retains, who is here, and the patterns that cover it. */
final class Channel extends Source {
    static final PatternSource[] NO_PATTERNS = new PatternSource[0];

    final ChannelOptions options;
    final Retention retention;

    /** The patterns in use that match this name. Written under the index' lock, read by it only. */
    PatternSource[] patterns = NO_PATTERNS;

    /** Set under the index' lock once the index has dropped it. */
    boolean forgotten;

    Channel(String name, ChannelOptions options, long floor, FrameCache.Budget budget) {
        super(name, floor, budget);
        this.options = options;
        this.retention = options.retention();
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
