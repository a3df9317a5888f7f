package io.carillon.core;

import java.util.List;

/**
 * Hears of each batch that has come in by this node and been stored. Called on the publisher's thread or one of the log's, by several at a time,
 * outside of all locks; must not block. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface PublishListener {
    /**
     * All of the batch is stored; only what is no duplicate has been stored now.
     *
     * @param answers one for each of the batch, in the same order
     */
    void published(List<NewPublication> batch, List<Appended> answers);
}
