package io.carillon.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The hub of one node: takes publications to the log, connections to their channels.
 *
 * <p>All methods are safe for concurrent use. Only {@link #publish} and {@link #shutdown} may block. It has no thread of
 * its own: somebody calls {@link #beat()} and {@link #sweep()} from a timer, and the executor runs the fan-out.
 */
public final class Hub {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final HubSettings settings;
    private final HubClock clock;
    private final Log log;
    private final FanOut fanOut;
    private final ChannelIndex index;
    private final HubStats stats = new HubStats();
    private final ConnectionIds ids;
    private final Connections connections;
    private final Presence presence;
    private final Joins joins;
    private final Publishing publishing;
    private final SlowClients slowClients = new SlowClients(stats);
    private final DelayedTasks delayed = new DelayedTasks();
    private volatile boolean draining;
    private volatile long lastBeat;

    /** With {@code null} as the data of whoever comes and goes. */
    public Hub(HubSettings settings, Log log, Lanes lanes, HubClock clock) {
        this(settings, log, lanes, clock, change -> new byte[] {'n', 'u', 'l', 'l'});
    }

    /**
     * @param lanes runs the fan-out: at least {@link HubSettings#lanes()} threads that run what they are given at once
     * @param words the data of a publication that tells of a member, as JSON
     */
    public Hub(HubSettings settings, Log log, Lanes lanes, HubClock clock, Function<PresenceChange, byte[]> words) {
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.ids = new ConnectionIds(settings.node(), clock.millis());
        this.connections = new Connections(ids, stats);
        this.fanOut = new FanOut(lanes, settings.lanes(), clock, stats.fanOutLag, log.immediate());
        this.index = new ChannelIndex(settings, clock, fanOut, connections::wants, this::attachOwners, stats);
        this.publishing = new Publishing(settings, clock, log, index, connections, fanOut, stats);
        this.presence = new Presence(settings, clock, index, publishing::publishOwn, words);
        this.joins = new Joins(settings, index, connections, presence);
        this.lastBeat = clock.nanos();
    }

    /** Reads what the log has stored; once, before anything else. */
    public void start() {
        log.start(index);
        sweep();
    }

    public HubSettings settings() {
        return settings;
    }

    public ConnectionRegistry connections() {
        return connections;
    }

    /** Who is in the channels that ask for it. */
    public Presence presence() {
        return presence;
    }

    /** Hears of all connections from now on. */
    public void listen(ConnectionListener listener) {
        connections.listen(listener);
    }

    /** Hears of all that is published here from now on. */
    public void listen(PublishListener listener) {
        publishing.listen(listener);
    }

    /** Newest id that is visible: the cursor of somebody who starts now. */
    public long head() {
        return index.watermark();
    }

    /** True if the channel of that name is in use on this node. */
    public boolean knows(String channel) {
        return index.find(channel) != null;
    }

    /** False while it goes down. */
    public boolean accepting() {
        return !draining;
    }

    /** Refuses what is new while it goes down. */
    public void checkAccepting() {
        if (draining) {
            throw new RefusedException(RefusedException.Why.DRAINING, "the hub is going down");
        }
    }

    // ---- publishing ----

    /**
     * Stores all or none. When it returns, each is in the log and visible to this node's readers; delivery follows on
     * other threads.
     *
     * @throws UnknownConnectionException for {@code $connection.<id>} of a connection that is not open
     * @throws RefusedException while going down, or when there are too many channels
     * @throws LogUnavailableException stored or not is unknown; try again with the same key
     * @throws LogFullException nothing is stored; try again once there is room
     */
    public List<Appended> publish(List<NewPublication> batch) {
        checkAccepting(batch);
        return publishing.publish(batch);
    }

    /**
     * The same, without waiting for the log: the receipt is told, after 10 s at the latest that nobody knows. What is refused before the
     * log is asked is thrown here and now. {@link PublishListener}s hear of it on the thread that tells the receipt. Call it with no
     * lock held: where few wait for it, this thread delivers it.
     *
     * @throws UnknownConnectionException as above; the receipt hears of nothing
     * @throws RefusedException the same
     */
    public void publish(List<NewPublication> batch, Receipt receipt) {
        checkAccepting(batch);
        publishing.publish(batch, receipt);
    }

    /** What the hub itself has to say: the same, but no {@link PublishListener} hears of it. */
    public void publishOwn(List<NewPublication> batch) {
        checkAccepting(batch);
        publishing.publishOwn(batch);
    }

    private void checkAccepting(List<NewPublication> batch) {
        if (draining) {
            stats.refused(HubFigures.Refusal.DRAINING, batch.size());
        }
        checkAccepting();
    }

    /**
     * What a channel retains after {@code since}, at most {@code limit} of it.
     *
     * @param since 0 is from the oldest
     */
    public History history(ChannelName name, long since, int limit) {
        return History.of(index, clock, name, since, limit);
    }

    /** The connections that are subscribed to a channel on this node, by its name or by a pattern. */
    public List<Connection> present(ChannelName name) {
        return presence.connections(name);
    }

    /**
     * Forgets what a channel retains. It is an entry of the log, so it holds after a restart, too, and blocks as publishing
     * does. Who is subscribed stays; a cursor from before is a gap.
     *
     * @return how many publications were retained when it was called
     * @throws RefusedException while going down
     * @throws LogUnavailableException forgotten or not is unknown
     * @throws LogFullException nothing is forgotten
     */
    public int forget(ChannelName name) {
        checkAccepting();
        return publishing.forget(name);
    }

    // ---- connections ----

    /**
     * Opens a connection: it is in the registry and at its channels, and what follows its cursor is being written,
     * perhaps from this very call.
     *
     * @throws RefusedException nothing has been opened, and the outlet was not touched
     */
    public Connection open(Opening opening, Outlet outlet, Opening.Answers answers) {
        checkAccepting();
        connections.checkRoom(settings.maxConnections());
        List<ChannelPattern> channels = opening.channels();
        RefusedException.checkSubscriptions(channels.size(), settings);
        Connection connection = new Connection(this, ids.next(), opening.client(), outlet);
        Long since = opening.since();
        connection.startAt(since, index.watermark(), opening.holdFor());
        channels.forEach(index::source); // all of them exist, or nothing has happened
        connection.hold();
        boolean opened = false;
        try {
            connections.join(connection);
            Frame welcome = answers.welcome(connection);
            if (welcome != null) {
                connection.send(welcome);
            }
            for (ChannelPattern channel : channels) {
                joins.join(connection, channel, since, answers, null);
            }
            joins.attachUser(connection, since);
            opened = true;
        } finally {
            if (!opened) {
                connection.finished(); // and it stays held, so the outlet is not touched
            }
        }
        connection.release();
        if (draining) {
            connection.close(CloseReason.DRAIN);
        }
        return connection;
    }

    /**
     * Adds a channel or pattern to an open connection. Where it is there already, a cursor makes it begin anew from
     * there; without one nothing changes but that it is answered again.
     *
     * @throws RefusedException when it has too many, or the node has
     */
    public void subscribe(
            Connection connection, ChannelPattern channel, @Nullable Long since, Opening.Answers answers) {
        joins.subscribe(connection, channel, since, answers);
        connection.wake();
    }

    /** True if it was subscribed by that name. What is in flight may still arrive. */
    public boolean unsubscribe(Connection connection, String channel) {
        return joins.leave(connection, channel);
    }

    /**
     * From now on the connection is this client's: a stranger has said who he is, or somebody shows a new credential.
     *
     * @throws IllegalArgumentException if it is somebody else's already, or the transport is another
     */
    public void identify(Connection connection, Client client) {
        joins.identify(connection, client);
    }

    private void attachOwners(Channel channel) {
        joins.attachOwners(channel);
    }

    // ---- what timers do ----

    /** Heartbeats that are due, and the end of connections that are slow, silent or over. About once a second or more. */
    public void beat() {
        fanOut.retry();
        long now = clock.nanos();
        lastBeat = now;
        long millis = clock.millis();
        for (Connection connection : connections.all()) {
            connection.check(now, millis, settings);
            connection.beat(now, settings);
        }
        connections.closing().forEach(connection -> connection.cutAfter(now, GOODBYE.toNanos()));
        delayed.run(now);
        publishing.expire();
    }

    /** Runs a task that does not block once, by the first {@link #beat()} after the delay, or a later one if thousands are due; at shutdown at once. */
    public void after(Duration delay, Runnable task) {
        delayed.add(clock.nanos() + delay.toNanos(), task);
    }

    /** Ages out what is too old and forgets what nobody uses. Every few seconds. */
    public void sweep() {
        index.sweep();
        log.release(index.released());
        slowClients.tell(clock.nanos());
    }

    /** Goes down: refuses what is new, says goodbye to all, and cuts after {@code patience} who has not taken it. Blocks that long at most, and a little. Idempotent. */
    public void shutdown(Duration patience) {
        draining = true;
        presence.close();
        long deadline = clock.nanos() + patience.toNanos();
        connections.all().forEach(connection -> connection.close(CloseReason.DRAIN));
        while (!connections.closing().isEmpty() && clock.nanos() - deadline < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        connections.closing().forEach(connection -> connection.cutAfter(clock.nanos(), 0));
        delayed.runAll();
        log.close();
    }

    // ---- for this package ----

    HubClock clock() {
        return clock;
    }

    ChannelIndex index() {
        return index;
    }

    Connections registry() {
        return connections;
    }

    void later(Connection connection) {
        fanOut.later(connection);
    }

    ConnectionIds ids() {
        return ids;
    }

    HubStats stats() {
        return stats;
    }

    // ---- for those who look ----

    /** The channels whose names are meant, in no order. Takes no lock; looks at each channel that there is. */
    public List<ChannelFigures> channels(Predicate<String> named) {
        return ChannelFigures.of(index, clock.millis(), named);
    }

    /** How many subscribe to a channel, by its name or by a pattern; who does both counts twice. */
    public int subscribers(String channel) {
        return index.subscribers(channel);
    }

    /** All figures of this moment. Cheap enough for once a second; takes no lock, does not block, from any thread. */
    public HubFigures figures() {
        return new HubFigures(
                settings.node(),
                clock.millis(),
                accepting(),
                head(),
                (clock.nanos() - lastBeat) / 1e9,
                stats.transports(connections::count),
                stats.closed(),
                stats.publishing(),
                stats.gaps(),
                stats.fanOutLag.figures(),
                stats.evicted(),
                HubFigures.Use.of(settings, connections, index),
                log.health());
    }
}
