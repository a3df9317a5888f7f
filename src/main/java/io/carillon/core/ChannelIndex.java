package io.carillon.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this node retains of the log, by channel.
 *
 * <p>One lock, for whoever writes: the log's tail, the sweep, and who needs a channel that is not there yet. Readers
 * take no lock: they read the {@link #watermark()} first, and then nothing that is newer. The lock is never held while
 * a connection is written to, and by the sweep for a few channels at a time only: every publication waits for it.
 */
final class ChannelIndex implements Log.Tail {
    private final HubSettings settings;
    private final HubClock clock;
    private final FanOut fanOut;
    private final Predicate<String> wanted;
    private final Consumer<Channel> onReserved;
    private final FrameCache.Budget frames;

    private final IndexLock lock = new IndexLock();
    private final Patterns patterns;
    private final Stock stock;
    private final Channels channels;
    private final Sweep sweep;
    private volatile long watermark;
    /** A cursor below it may have missed something in any channel, though older entries are here. */
    private volatile long lost;

    /**
     * @param wanted asked, under the lock, of a channel that is not known: false if nobody can ever read it here
     * @param onReserved hears, under the lock, of a channel of the hub's own that has come to be
     */
    ChannelIndex(
            HubSettings settings,
            HubClock clock,
            FanOut fanOut,
            Predicate<String> wanted,
            Consumer<Channel> onReserved,
            HubStats stats) {
        this.settings = settings;
        this.clock = clock;
        this.fanOut = fanOut;
        this.wanted = wanted;
        this.onReserved = onReserved;
        this.frames = new FrameCache.Budget(settings.memory() / 4);
        long windows = settings.memory() / 8;
        this.patterns = new Patterns(settings.maxPatterns(), windows, frames);
        this.stock = new Stock(settings.memory() - settings.memory() / 4 - windows, stats);
        this.channels = new Channels(settings.maxChannels(), clock, lock, patterns, stock);
        this.sweep = new Sweep(lock, channels, patterns, stock);
    }

    /** Newest id that readers may see; never falls. */
    long watermark() {
        return watermark;
    }

    /** A cursor below it has missed something in any channel that is not known here. */
    long base() {
        return channels.base();
    }

    long lost() {
        return lost;
    }

    // ---- writing ----

    @Override
    public void begin(long id) {
        lock.lock();
        try {
            channels.beginAt(id);
            watermark = id;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void dropped(String name, long newest) {
        lock.lock();
        try {
            if (!name.equals(Forgetting.CHANNEL)) {
                makeRoomFor(1);
                create(name, Math.max(base(), newest));
            }
            watermark = Math.max(watermark, newest);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lost(long upTo) {
        lock.lock();
        try {
            lost = upTo;
            watermark = Math.max(watermark, upTo);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void apply(List<Publication> batch) {
        if (batch.isEmpty()) {
            return;
        }
        // each once, which one publication does by itself
        Collection<Source> changed = batch.size() == 1 ? new ArrayList<>(4) : new LinkedHashSet<>();
        lock.lock();
        try {
            for (Publication publication : batch) {
                if (Forgetting.is(publication)) {
                    forgetPast(channels.find(Forgetting.channel(publication)));
                    continue;
                }
                Channel channel = channels.find(publication.channel());
                if (channel == null) {
                    if (!wanted.test(publication.channel())) {
                        continue;
                    }
                    makeRoomFor(1); // without room it is made all the same: the entry is stored already
                    channel = create(publication.channel(), base());
                }
                Publication retained = publication.under(channel.name());
                stock.add(channel, retained);
                changed.add(channel);
                for (PatternSource pattern : channel.patterns) {
                    if (!pattern.forgotten) {
                        pattern.append(retained, patterns.share());
                        changed.add(pattern);
                    }
                }
            }
            stock.makeRoom();
            watermark = batch.get(batch.size() - 1).id();
        } finally {
            lock.unlock();
        }
        changed.forEach(fanOut::changed);
    }

    /** Nothing of it is retained any more, nor in the windows of patterns: who stands before that hears of a gap. */
    private void forgetPast(@Nullable Channel channel) {
        if (channel != null) {
            stock.clear(channel);
            for (PatternSource pattern : channel.patterns) {
                pattern.empty();
            }
        }
    }

    private Channel create(String name, long floor) {
        Channel channel = new Channel(name, optionsOf(null, name), floor, frames);
        patterns.cover(channel);
        channels.add(channel);
        if (name.charAt(0) == '$') {
            onReserved.accept(channel);
        }
        return channel;
    }

    // ---- looking up ----

    @Nullable
    Channel find(String name) {
        return channels.find(name);
    }

    /** True if that many channels more may come to be; forgets unused ones if need be. */
    boolean makeRoomFor(int more) {
        return channels.makeRoomFor(more);
    }

    /** The source of that name, made if need be. It may be retired before one joins it: then ask again. */
    Source source(ChannelPattern pattern) {
        return pattern.wildcard() ? patternSource(pattern) : channel(pattern.value());
    }

    /** The channel of that name, made if need be. It may be retired before one joins it: then ask again. */
    Channel channel(String name) {
        Channel channel = channels.find(name);
        if (channel != null) {
            return channel;
        }
        if (!makeRoomFor(1)) {
            throw new RefusedException(
                    RefusedException.Why.FULL, "all " + settings.maxChannels() + " channels of this node are in use");
        }
        lock.lock();
        try {
            channel = channels.find(name);
            return channel != null ? channel : create(name, base());
        } finally {
            lock.unlock();
        }
    }

    private PatternSource patternSource(ChannelPattern pattern) {
        PatternSource source = patterns.find(pattern.value());
        if (source != null) {
            return source;
        }
        lock.lock();
        try {
            return patterns.make(pattern, channels.all(), base(), watermark);
        } finally {
            lock.unlock();
        }
    }

    // ---- sweeping ----

    /** Ages out what is too old, gives back memory, forgets what nobody uses. Called by one thread at a time. */
    void sweep() {
        sweep.run(clock.millis());
    }

    /** Nothing up to it is retained in any channel. */
    long released() {
        lock.lock();
        try {
            long oldest = stock.oldestId();
            return oldest == 0 ? watermark : oldest - 1;
        } finally {
            lock.unlock();
        }
    }

    // ---- for those who look ----

    /**
     * What holds for a channel.
     *
     * @param known what is known by that name; null when nothing is
     */
    ChannelOptions optionsOf(@Nullable Channel known, String name) {
        return known == null ? settings.options().apply(name) : known.options;
    }

    /** How many subscribe to a channel, by its name or by a pattern; who does both counts twice. */
    int subscribers(String channel) {
        return sourcesOf(channel).stream()
                .mapToInt(source -> source.subscribers.count())
                .sum();
    }

    /** The channel of that name, if known, and the patterns in use that cover it. */
    List<Source> sourcesOf(String name) {
        List<Source> sources = new ArrayList<>();
        Channel channel = channels.find(name);
        if (channel != null) {
            sources.add(channel);
        }
        sources.addAll(patterns.matching(name));
        return sources;
    }

    int channelCount() {
        return channels.count();
    }

    int patternCount() {
        return patterns.count();
    }

    Iterable<Channel> channels() {
        return channels.all();
    }

    /**
     * What is retained plus what is cached, in bytes. Stays below seven eighths of {@link HubSettings#memory()}: the rest
     * is for what the windows of patterns hold beyond that.
     */
    long bytes() {
        return stock.bytes() + frames.used();
    }
}
