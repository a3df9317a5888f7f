package io.carillon.core;

import java.util.List;

/**
 * Hears who has joined and left, in the order of the publications that say so and after these are stored. Called by one
 * thread at a time, a timer's, outside of all locks; must not block. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface PresenceListener {
    void changed(List<PresenceChange> changes);
}
