package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who hear of something. What one of them throws is logged, and is not the others' or the teller's. Safe for concurrent use. */
final class Listeners<L> {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<L> all = new CopyOnWriteArrayList<>();

    void add(L listener) {
        all.add(listener);
    }

    void tell(Consumer<L> what) {
        for (L listener : all) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener failed: " + listener.getClass().getName(), e);
            }
        }
    }
}
