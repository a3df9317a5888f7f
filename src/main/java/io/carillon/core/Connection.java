package io.carillon.core;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One live client: a set of subscriptions, their cursors and a way to write.
 *
 * <p>No publications queue. Whenever it can be written to, {@link #wake()} reads what follows the cursors, writes as much as one write may carry, and moves them. Rules:
 * <ul>
 *   <li>one thread drains at a time ({@code wip}); a wake-up meanwhile makes it look again;
 *   <li>one write is in flight at most ({@code flight}): done when it returns, or under way until its completion, which looks again, so wake-ups meanwhile are dropped;
 *   <li>the monitor of its {@link Feed} guards the list of subscriptions and the answers, and is never held while writing;
 *   <li>ending is decided once ({@code closing}); after {@link Outlet#finish} or {@link Outlet#abort} nothing is written.
 * </ul>
 */
public final class Connection implements Completion {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    /** Frames that are written before others get their turn. */
    private static final int FRAMES_A_TURN = 32;

    private static final AtomicIntegerFieldUpdater<Connection> WIP =
            AtomicIntegerFieldUpdater.newUpdater(Connection.class, "wip");
    private static final AtomicReferenceFieldUpdater<Connection, @Nullable CloseReason> CLOSING =
            AtomicReferenceFieldUpdater.newUpdater(Connection.class, CloseReason.class, "closing");

    private final Hub hub;
    final long number;
    private volatile Client client;
    private final Transport transport;
    private final Outlet outlet;
    private final long since;
    private final Feed feed = new Feed();
    private final Flight flight;
    private final Pulse pulse;
    private volatile int wip;
    private volatile @Nullable CloseReason closing;
    private volatile boolean finished;
    private volatile boolean over;
    private volatile long closedAt;

    Connection(Hub hub, long number, Client client, Outlet outlet) {
        this.hub = hub;
        this.number = number;
        this.client = client;
        this.transport = client.transport();
        this.outlet = outlet;
        this.since = hub.clock().millis();
        long now = hub.clock().nanos();
        this.flight = new Flight(now);
        this.pulse = new Pulse(flight, now);
    }

    /** Unique among all nodes and restarts; fits a channel name. */
    public String id() {
        return hub.ids().text(number);
    }

    public Client client() {
        return client;
    }

    /** From now on it is this client's. Only {@link Connections} may say so, or it would not be found by its user. */
    void become(Client client) {
        this.client = client;
    }

    /** When it was opened, milliseconds since the epoch. */
    public long since() {
        return since;
    }

    /** For how long the write under way has not been taken, in milliseconds; 0 when none is: it has all that there was. */
    public long lag() {
        return flight.busy() ? flight.age(hub.clock().nanos()) / 1_000_000 : 0;
    }

    /** Publications written so far. */
    public long delivered() {
        return feed.delivered();
    }

    /** The client's cursor after the last write; at first the one that it came with. */
    public long cursor() {
        return feed.cursor();
    }

    /** The names that it subscribes to, in the order of subscribing. */
    public List<String> channels() {
        return feed.names();
    }

    /** False once the end has been decided. */
    public boolean open() {
        return closing == null;
    }

    /** Why it ends; null before that has been decided. */
    @Nullable
    CloseReason closing() {
        return closing;
    }

    // ---- what the transport tells it ----

    /** A sign of life from the client. */
    public void seen() {
        pulse.seen(hub.clock().nanos());
    }

    /** Queues an answer; it is written before any publication that is not in flight yet. */
    public void send(Frame notice) {
        feed.queue(notice);
        if (!closeIfUnread()) {
            wake();
        }
    }

    private boolean closeIfUnread() {
        boolean unread = feed.overfull();
        if (unread) {
            close(CloseReason.limit("more than " + Feed.MOST_NOTICES + " answers wait to be read"));
        }
        return unread;
    }

    @Override
    public void written() {
        if (flight.land() && more()) {
            wake();
        }
    }

    /**
     * After a write: whether there is something to read. Most often the client has everything, or a pass of the fan-out will come by,
     * which takes all that waits in one write.
     */
    private boolean more() {
        return closing != null || (!feed.settled() && !feed.awaitsPass());
    }

    @Override
    public void failed(Throwable cause) {
        Level level = cause instanceof Error ? Level.ERROR : Level.DEBUG;
        if (LOG.isLoggable(level)) { // thousands may fail at once, and not every logger looks before it makes a record
            LOG.log(level, "{0} cannot be written to: {1}", this, cause.toString());
        }
        gone();
    }

    /** The client has left, or cannot be reached. Idempotent; may come at any time, also after {@link #close}. */
    public void gone() {
        if (CLOSING.compareAndSet(this, null, CloseReason.GONE)) {
            leave(CloseReason.GONE);
        }
        abort(CloseReason.GONE);
    }

    @Override
    public void finished() {
        finished = true;
        if (CLOSING.compareAndSet(this, null, CloseReason.DONE)) {
            leave(CloseReason.DONE);
        }
        ended();
    }

    /**
     * Ends it from our side: it leaves the registry now, says goodbye as soon as no write is in flight, and is cut if
     * that does not come. Only the first reason counts. Does not block.
     */
    public void close(CloseReason reason) {
        if (CLOSING.compareAndSet(this, null, reason)) {
            closedAt = hub.clock().nanos();
            hub.registry().closing(this);
            if (over) {
                hub.registry().ended(this);
            }
            leave(reason);
            wake();
        }
    }

    /** Ends it without a word: a write does not come back, or the goodbye does not. */
    private void abort(CloseReason reason) {
        finished = true;
        ended();
        try {
            outlet.abort(reason);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "{0} was already over for the container: {1}", this, e.toString());
        }
    }

    private void ended() {
        over = true; // before it is taken off the list, and looked at after it is put there
        flight.through();
        hub.registry().ended(this);
    }

    // ---- subscriptions ----

    /** As {@link Feed#put}; too many answers that nobody reads end the connection. */
    boolean put(@Nullable Subscription old, Subscription subscription, @Nullable Frame notice) {
        boolean seated = feed.put(old, subscription, notice);
        if (notice != null) {
            closeIfUnread();
        }
        return seated;
    }

    /** What is written to it next, and its subscriptions. */
    Feed feed() {
        return feed;
    }

    /** Before the first drain: the cursor that the client came with, and for how long it is held at most. */
    void startAt(@Nullable Long asked, long head, @Nullable Duration holdFor) {
        feed.startAt(asked, head);
        pulse.endAfter(holdFor, hub.clock().nanos());
    }

    /** Keeps it from draining while it is being set up, so that the first write carries all that waits. */
    void hold() {
        WIP.getAndAdd(this, 1);
    }

    /** Ends {@link #hold()}, and looks for the first time. */
    void release() {
        WIP.set(this, 0); // drops the wake-ups that came meanwhile: this look is one for all
        if (closing != null || !feed.awaitsPass()) {
            wake();
        }
    }

    private void leave(CloseReason reason) {
        for (Subscription subscription : feed.close()) {
            subscription.source.subscribers.remove(subscription);
            hub.presence().left(subscription, reason.forGood());
        }
        hub.registry().left(this, reason);
    }

    // ---- draining ----

    /** As {@link Outlet#prefetch}. */
    int prefetch() {
        return wip + (closing == null ? 1 : 0) + flight.prefetch() + feed.prefetch() + outlet.prefetch();
    }

    /** Something may wait to be written. Cheap, coalesced, never blocks, from any thread. */
    void wake() {
        wake(null);
    }

    /** The same for a pass of the fan-out, which counts the writes that come of it. */
    void wake(@Nullable Writes by) {
        if (flight.underWay() || finished || WIP.getAndAdd(this, 1) != 0) {
            return;
        }
        int seen = 1;
        int frames = 0;
        do {
            if (frames++ == FRAMES_A_TURN) {
                WIP.set(this, 0); // drops the wake-ups that came meanwhile: the later turn is one for all
                hub.later(this);
                return;
            }
            if (!drain(by)) {
                seen = WIP.getAndAdd(this, -seen) - seen;
            }
        } while (seen != 0);
    }

    /** Writes one frame, if there is one. True if it is done and there is more to read. */
    private boolean drain(@Nullable Writes by) {
        if (flight.underWay() || finished) {
            return false;
        }
        try {
            CloseReason reason = closing;
            if (reason != null) {
                finished = true;
                outlet.finish(reason, feed.cursor(), this);
                Writes.send(outlet.outbox(), by);
                return false;
            }
            Frame frame = feed.next(hub, outlet.encoder());
            if (frame == null) {
                return false;
            }
            hub.stats().written(transport, frame);
            flight.start(by == null ? hub.clock().nanos() : by.now());
            if (outlet.write(frame, this)) {
                flight.done();
            } else if (flight.leave(by)) {
                if (over) {
                    flight.through(); // it has ended meanwhile
                }
                Writes.send(outlet.outbox(), by);
                return false;
            }
            return more();
        } catch (RuntimeException | Error e) { // whatever it was, the next drain would meet it again
            failed(e);
            return false;
        }
    }

    // ---- what the hub's timer asks ----

    /** Writes a heartbeat if one is due, see {@link Pulse#beat}. */
    void beat(long now, HubSettings limits) {
        long silence = limits.heartbeat().toNanos();
        if (closing == null && pulse.beat(now, silence, transport)) {
            Frame heartbeat = outlet.encoder().heartbeat();
            if (heartbeat != null) {
                send(heartbeat);
            }
        }
    }

    /** Ends it for what {@link Pulse#overdue} says. */
    void check(long now, long millis, HubSettings limits) {
        CloseReason reason = pulse.overdue(now, millis, limits, client);
        if (reason != null) {
            close(reason);
            if (reason.kind() == CloseReason.Kind.SLOW) {
                abort(reason); // its write is stuck, so no goodbye goes after it
            }
        }
    }

    /** For one that is closing: cuts it if its goodbye has taken longer than {@code patience} nanoseconds. */
    void cutAfter(long now, long patience) {
        CloseReason reason = closing;
        if (reason != null && now - closedAt >= patience) {
            abort(reason);
        }
    }

    @Override
    public String toString() {
        return transport.label() + " " + id();
    }
}
