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
        /** Once, before all else: the id before the oldest entry. A cursor below it has missed something. */
        void begin(long base);

        /** The next entries. When it returns, they are visible to this node's readers. */
        void apply(List<Publication> batch);
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
     */
    List<Appended> append(List<NewPublication> batch);

    /** Refuses further appends, waits for those under way. Idempotent. */
    @Override
    void close();
}
