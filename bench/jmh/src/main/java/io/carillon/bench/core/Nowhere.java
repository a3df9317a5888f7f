package io.carillon.bench.core;

import io.carillon.core.Log;
import io.carillon.core.Publication;
import java.util.List;

/** A tail that keeps nothing. */
final class Nowhere implements Log.Tail {
    @Override
    public void begin(long base) {}

    @Override
    public void dropped(String channel, long newest) {}

    @Override
    public void apply(List<Publication> batch) {}

    @Override
    public void lost(long upTo) {}
}
