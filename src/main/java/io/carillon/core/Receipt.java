package io.carillon.core;

import java.util.List;

/**
 * Hears how a publish ended, once: before the call that was given it returns, on that thread; or later, on a thread of the log's or a
 * timer's, which it must not hold up. What it throws then is logged.
 */
public interface Receipt {
    /** All is stored and visible to this node's readers; an answer for each of the batch, in its order. */
    void stored(List<Appended> answers);

    /** What {@link Hub#publish(List)} would have thrown. */
    void failed(RuntimeException why);
}
