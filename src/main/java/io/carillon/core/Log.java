package io.carillon.core;

import java.util.List;

/**
 * The ordered store of publications: port of the local log and, later, of a cluster's engine.
 *
 * <p>Order: ids rise strictly for the life of the hub, over restarts too. An empty log starts from the wall clock
 * ({@code ms * 1000}), so that a cursor of a lost log is recognised and never mistaken for one of this log.
 */
public interface Log extends AutoCloseable {

    /**
     * Receives everything that is stored, in id order, without holes. Called by one thread at a time, each call seeing
     * the effects of the one before. It must not block and must not append.
     */
    interface Tail {
        /**
         * Once, before all else: a cursor below {@code base} has missed something, in whatever channel. Nothing that is
         * applied later has an id up to it.
         */
        void begin(long base);

        /**
         * Between {@code begin} and the first {@code apply}, once for a channel at most: its entries up to {@code newest}
         * are no longer stored, and a cursor below that has missed something in it. It is above the base.
         */
        void dropped(String channel, long newest);

        /** The next entries. When it returns, they are visible to this node's readers. */
        void apply(List<Publication> batch);

        /**
         * Once at most, after the last entry that was stored before the start: entries up to {@code upTo} may be lost,
         * in whatever channel, though older ones are still there. A cursor below it may have missed something. Ids up to
         * it have been given out: they are visible, with nothing in their place.
         */
        void lost(long upTo);
    }

    /**
     * Starts to feed the tail: first, before this returns, with what is stored, then with each append. Called once,
     * before the first append.
     */
    void start(Tail tail);

    /**
     * Appends all of the batch, next to each other, or none of it. When it returns, the entries are stored as the log
     * promises, and on this node the tail has seen them.
     *
     * <p>Threads: safe for concurrent callers; may block for the store.
     *
     * @return an answer for each entry, in the order of the batch
     * @throws LogUnavailableException no answer from the store: stored or not is unknown; try again with the same key
     * @throws LogFullException no room in the store: nothing of the batch is stored; try again once there is room
     */
    List<Appended> append(List<NewPublication> batch);

    /**
     * The same, without waiting for the store: what {@link #append(List)} returns or throws, the receipt is told, on this thread or one
     * of the log's. There is no bound to how late that may be. A log whose append waits for nothing need not do anything for it.
     */
    default void append(List<NewPublication> batch, Receipt receipt) {
        List<Appended> answers;
        try {
            answers = append(batch);
        } catch (LogUnavailableException | LogFullException e) {
            receipt.failed(e);
            return;
        }
        receipt.stored(answers);
    }

    /** True if the tail sees an append on the caller's own thread, so that when it returns whoever has published can go on with it. */
    default boolean immediate() {
        return false;
    }

    /**
     * Says that this node retains nothing up to that id any more, so that the store may take back its room. Does not
     * block.
     */
    default void release(long upTo) {}

    /** How it is now. Does not block; from any thread, also when it is not started or closed. */
    default LogHealth health() {
        return LogHealth.WITHOUT_DISK;
    }

    /** Refuses further appends, waits for those under way. Idempotent. */
    @Override
    void close();
}
