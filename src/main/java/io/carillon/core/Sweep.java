package io.carillon.core;

import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Ages out what is too old, gives back memory, forgets what nobody uses. There may be hundreds of thousands of channels, so it
 * goes through them in slices: it holds the index' lock for one, then lets those have it who wait. A slice ends in less than
 * a millisecond; and there are so many slices, whatever is published meanwhile, so it always comes to an end.
 *
 * <p>Between two slices anything may come to be, be published to, or be forgotten. What is new may be left for the next sweep;
 * what has been forgotten may still be met, and is passed over: there may be another one of its name by now.
 */
final class Sweep {
    private static final int SLICE = 256;
    /** Of arrivals, each of which takes a look only. */
    private static final int ARRIVALS = 4096;

    private final IndexLock lock;
    private final Channels channels;
    private final Patterns patterns;
    private final Stock stock;

    Sweep(IndexLock lock, Channels channels, Patterns patterns, Stock stock) {
        this.lock = lock;
        this.channels = channels;
        this.patterns = patterns;
        this.stock = stock;
    }

    /** @param now milliseconds since the epoch. Called by one thread at a time, with the lock not held */
    void run(long now) {
        // Patterns first: of those that are forgotten here, the walk that begins afterwards meets every channel.
        each(patterns.all().iterator(), patterns::tidy);
        each(channels.all().iterator(), channel -> tidy(channel, now));
        boolean more = true;
        while (more) {
            lock.lockInTurn();
            try {
                more = stock.compact(ARRIVALS);
            } finally {
                lock.unlock();
            }
        }
    }

    private <S extends Source> void each(Iterator<S> sources, Consumer<S> action) {
        while (sources.hasNext()) {
            lock.lockInTurn();
            try {
                for (int i = 0; i < SLICE && sources.hasNext(); i++) {
                    S source = sources.next();
                    if (!source.forgotten) {
                        action.accept(source);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void tidy(Channel channel, long now) {
        stock.age(channel, now);
        channel.frames.sweep();
        channel.dropForgottenPatterns();
        boolean orphan = channel.name().startsWith("$connection.");
        if (orphan && channel.subscribers.count() == 0 && channel.subscribers.retire()) {
            channels.forget(channel);
        }
    }
}
