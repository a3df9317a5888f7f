package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the connections of changed sources. One queue, worked off by a few lanes: threads of the executor, each only while there is work.
 * A source is in the queue or in a pass, never both: what is published while its pass is under way is taken by the next pass together, so
 * batches grow with the load. A pass over many subscribers lets others have their turn: however many clients of one channel are slow to
 * write to, or dead, another channel waits for a slice of them.
 * No failure stops a lane.
 *
 * <p>What a few subscribers wait for takes less time than to wake a lane for it. So where the log tells of an append on the
 * publisher's thread, such passes wait for him ({@link #help}), and he walks them himself if he may (docs/adr/0025).
 */
final class FanOut {
    private static final System.Logger LOG = System.getLogger(FanOut.class.getName());
    /** Subscribers that a pass wakes before others get their turn. */
    static final int SLICE = 128;
    /** Subscribers whose memory is fetched together: few enough to be in the cache still when it is their turn. */
    private static final int AHEAD = 64;
    /** Subscribers of a source whose pass a publisher may walk. */
    private static final int FEW = 4;
    /** Passes that one publisher walks at most; what he has published beyond that is for the lanes. */
    static final int HELP = 32;

    private final Lanes lanes;
    private final int most;
    private final HubClock clock;
    private final Timing lag;
    private final boolean helped;
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    /** Passes over a few, of publications whose publisher is on his way to {@link #help}. */
    private final Queue<Runnable> small = new ConcurrentLinkedQueue<>();

    private final AtomicInteger running = new AtomicInteger();

    /** @param helped whether each change is followed by a call of {@link #help} */
    FanOut(Lanes lanes, int most, HubClock clock, Timing lag, boolean helped) {
        this.lanes = lanes;
        this.most = most;
        this.clock = clock;
        this.lag = lag;
        this.helped = helped;
    }

    /** A source has something new. Never blocks. */
    void changed(Source source) {
        int subscribers = source.subscribers.count();
        if (subscribers > 0 && source.turn().changed(clock)) {
            Pass pass = new Pass(source, false);
            if (helped && subscribers <= FEW) {
                small.add(pass);
            } else {
                add(pass);
            }
        }
    }

    /**
     * Walks passes that wait for a publisher, perhaps another one, and leaves the rest to the lanes. By whoever has published, after that;
     * writes to connections, so with no lock held. Never blocks.
     *
     * @param most passes to walk; 0 if connections must not be written to by this thread
     */
    void help(int most) {
        int walked = 0;
        for (Runnable pass; (pass = small.poll()) != null; ) {
            if (walked++ < most) {
                attempt(pass);
            } else {
                add(pass);
            }
        }
    }

    /** A connection gave up its turn with more to write. */
    void later(Connection connection) {
        add(connection::wake);
    }

    /** Starts a lane that the executor has refused to run. */
    void retry() {
        start();
    }

    private void add(Runnable task) {
        work.add(task);
        start();
    }

    private void start() {
        if (claim()) {
            try {
                lanes.execute(this::run);
            } catch (RuntimeException e) { // what waits is not lost: the next task or beat starts the lane
                running.decrementAndGet();
                LOG.log(Level.ERROR, "the executor refuses to run the fan-out: {0}", e.toString());
            }
        }
    }

    /** Whoever adds a task and finds all lanes claimed is seen by their runners, who look once more after letting go. */
    private boolean claim() {
        while (!work.isEmpty()) {
            int now = running.get();
            if (now >= most) {
                return false;
            }
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void run() {
        do {
            for (Runnable task; (task = work.poll()) != null; ) {
                attempt(task);
            }
            running.decrementAndGet();
        } while (claim());
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a fan-out pass failed", e);
        }
    }

    /**
     * One walk over all who subscribe to a source when it begins. It rests while many of its {@link Writes} are under way, and is
     * over when few are.
     */
    private final class Pass implements Runnable {
        private final Source source;
        private final Writes writes;
        private Subscription @Nullable [] subscriptions;
        private int next;
        private int fetched;

        @SuppressWarnings("UnusedVariable") // written, so that what it is made of is read
        private int read;

        private long since;

        Pass(Source source, boolean busy) {
            this.source = source;
            this.writes = new Writes(lanes, () -> add(this), busy);
        }

        /** A slice, or more while nobody else waits. */
        @Override
        public void run() {
            Subscription[] all = subscriptions == null ? begin() : subscriptions;
            boolean walking = next < all.length;
            try {
                do {
                    int end = Math.min(all.length, next + SLICE);
                    writes.at(clock.nanos());
                    while (next < end && !writes.many()) {
                        if (next >= fetched) {
                            prefetch(all);
                        }
                        all[next++].connection.wake(writes);
                    }
                } while (next < all.length && !writes.many() && work.isEmpty());
            } finally {
                writes.sendAll();
                if (walking && next == all.length) {
                    lag.record(clock.nanos() - since);
                }
                goOn(next == all.length);
            }
        }

        private Subscription[] begin() {
            since = source.turn().begin();
            Subscription[] all = source.subscribers.snapshot();
            subscriptions = all;
            return all;
        }

        /** A thousand clients do not fit into the processor's caches: to wait for the memory of each was a tenth of what a pass took. */
        private void prefetch(Subscription[] all) {
            int sum = 0;
            fetched = Math.min(all.length, next + AHEAD);
            for (int i = next; i < fetched; i++) {
                sum += all[i].prefetch();
            }
            read = sum;
        }

        private void goOn(boolean walked) {
            if (walked ? !writes.few() : writes.many()) {
                writes.rest();
            } else if (!walked) {
                add(this);
            } else {
                writes.forget();
                int changes = source.turn().end();
                if (changes > 0) {
                    add(new Pass(source, changes == Turn.MANY));
                }
            }
        }
    }
}
