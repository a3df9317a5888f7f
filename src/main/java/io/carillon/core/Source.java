package io.carillon.core;

/** What a subscription reads from: one {@link Channel}, or all channels of a pattern ({@link PatternSource}). */
abstract sealed class Source permits Channel, PatternSource {
    private final String name;
    private final Turn turn = new Turn();

    final Subscribers subscribers = new Subscribers();
    final FrameCache frames;
    final Retained retained;

    /** Set under the index' lock, and read by it only, once the index has dropped it. */
    boolean forgotten;

    Source(String name, long floor, FrameCache.Budget budget) {
        this.name = name;
        this.frames = new FrameCache(budget);
        this.retained = new Retained(floor);
    }

    final String name() {
        return name;
    }

    /** Newest id that was published to it. */
    final long lastId() {
        return retained.lastId();
    }

    /** Opens everything that follows {@code after} and is visible at {@code upTo} in the merge. */
    abstract void open(Merge merge, Subscription subscription, long upTo);

    /** Oldest cursor that misses nothing here. Blocks nothing; exact while the source is not written to. */
    abstract long floor();

    /** Where it stands with the fan-out. */
    final Turn turn() {
        return turn;
    }
}
