package io.carillon.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this node retains of the log, by channel.
 *
 * <p>One lock, for whoever writes: the log's tail, the sweep, and who needs a channel that is not there yet. Readers
 * take no lock: they read the {@link #watermark()} first, and then nothing that is newer. The lock is never held while
 * a connection is written to.
 */
final class ChannelIndex implements Log.Tail {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    private final HubSettings settings;
    private final HubClock clock;
    private final FanOut fanOut;
    private final Predicate<String> wanted;
    private final Consumer<Channel> onReserved;
    private final FrameCache.Budget frames;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Patterns patterns;
    private final Stock stock;
    private volatile long watermark;
    /** A cursor below it has missed something in any channel that is not known here. */
    private volatile long base;

    /** A cursor below it may have missed something in any channel, though older entries are here. */
    private volatile long lost;

    private boolean allInUse;
    private long lookedAt;

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
    }

    /** Newest id that readers may see; never falls. */
    long watermark() {
        return watermark;
    }

    long base() {
        return base;
    }

    long lost() {
        return lost;
    }

    // ---- writing ----

    @Override
    public void begin(long id) {
        lock.lock();
        try {
            base = id;
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
                create(name, Math.max(base, newest));
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
        Set<Source> changed = new LinkedHashSet<>();
        lock.lock();
        try {
            for (Publication publication : batch) {
                if (Forgetting.is(publication)) {
                    forgetPast(channels.get(Forgetting.channel(publication)));
                    continue;
                }
                Channel channel = channels.get(publication.channel());
                if (channel == null) {
                    if (!wanted.test(publication.channel())) {
                        continue;
                    }
                    makeRoomFor(1); // without room it is made all the same: the entry is stored already
                    channel = create(publication.channel(), base);
                }
                stock.add(channel, publication);
                changed.add(channel);
                for (PatternSource pattern : channel.patterns) {
                    pattern.append(publication, patterns.share());
                    changed.add(pattern);
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
        channels.put(name, channel);
        if (name.charAt(0) == '$') {
            onReserved.accept(channel);
        }
        return channel;
    }

    // ---- looking up ----

    @Nullable
    Channel find(String name) {
        return channels.get(name);
    }

    /** True if that many channels more may come to be; forgets unused ones if need be. */
    boolean makeRoomFor(int more) {
        return more == 0 || channels.size() + more <= settings.maxChannels() || forgetSome(more);
    }

    /** The source of that name, made if need be. It may be retired before one joins it: then ask again. */
    Source source(ChannelPattern pattern) {
        return pattern.wildcard() ? patternSource(pattern) : channel(pattern.value());
    }

    /** The channel of that name, made if need be. It may be retired before one joins it: then ask again. */
    Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel != null) {
            return channel;
        }
        if (!makeRoomFor(1)) {
            throw new RefusedException(
                    RefusedException.Why.FULL, "all " + settings.maxChannels() + " channels of this node are in use");
        }
        lock.lock();
        try {
            channel = channels.get(name);
            return channel != null ? channel : create(name, base);
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
            return patterns.make(pattern, channels.values(), base, watermark);
        } finally {
            lock.unlock();
        }
    }

    // ---- sweeping ----

    /** Ages out what is too old, gives back memory, forgets what nobody uses. */
    void sweep() {
        long now = clock.millis();
        lock.lock();
        try {
            for (Channel channel : channels.values()) {
                stock.age(channel, now);
                channel.frames.sweep();
                boolean orphan = channel.name().startsWith("$connection.");
                if (orphan && channel.subscribers.count() == 0 && channel.subscribers.retire()) {
                    forget(channel);
                }
            }
            patterns.removeUnused(channels.values());
            patterns.trim();
            stock.compact();
        } finally {
            lock.unlock();
        }
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

    private void forget(Channel channel) {
        channels.remove(channel.name());
        stock.clear(channel);
        channel.frames.close();
        channel.forgotten = true;
    }

    /**
     * Forgets the tenth of the channels, of those that nobody is subscribed to and that were not published to for
     * longest. A cursor from before that is then a gap in every channel that is new: never a silent loss. When all are in
     * use, it does not look again for a second: a hub that is full must not be slow, too.
     */
    private boolean forgetSome(int more) {
        lock.lock();
        try {
            long now = clock.nanos();
            if (allInUse && now - lookedAt < LOOK_AGAIN_NANOS) {
                return false;
            }
            List<Channel> unused = new ArrayList<>();
            for (Channel channel : channels.values()) {
                if (channel.subscribers.count() == 0) {
                    unused.add(channel);
                }
            }
            unused.sort(Comparator.comparingLong(Source::lastId));
            int most = Math.max(more, settings.maxChannels() / 10);
            for (Channel channel : unused.subList(0, Math.min(most, unused.size()))) {
                if (channel.subscribers.retire()) {
                    base = Math.max(base, channel.lastId());
                    forget(channel);
                }
            }
            patterns.dropForgotten();
            allInUse = unused.isEmpty();
            lookedAt = now;
            return channels.size() + more <= settings.maxChannels();
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
        Channel channel = channels.get(name);
        if (channel != null) {
            sources.add(channel);
        }
        sources.addAll(patterns.matching(name));
        return sources;
    }

    int channelCount() {
        return channels.size();
    }

    int patternCount() {
        return patterns.count();
    }

    Iterable<Channel> channels() {
        return channels.values();
    }

    /**
     * What is retained plus what is cached, in bytes. Stays below seven eighths of {@link HubSettings#memory()}: the rest
     * is for what the windows of patterns hold beyond that.
     */
    long bytes() {
        return stock.bytes() + frames.used();
    }
}
