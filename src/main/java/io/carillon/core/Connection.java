package io.carillon.core;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live client: a set of subscriptions, their cursors and a way to write.
 *
 * <p>There is no queue of publications. Whenever it can be written to, {@link #wake()} reads what follows the cursors,
 * writes as much as one write may carry, and moves them. Rules:
 * <ul>
 *   <li>one thread drains at a time ({@code wip}); a wake-up meanwhile makes it look again;
 *   <li>one write is in flight at most ({@code busy}); its completion looks again, so wake-ups meanwhile are dropped;
 *   <li>the monitor of its {@link Seats} guards the list of subscriptions and the notices, and is never held while writing;
 *   <li>ending is decided once ({@code closing}); after {@link Outlet#finish} or {@link Outlet#abort} nothing is written.
 * </ul>
 */
public final class Connection implements Completion {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    /** What is told of a cursor that this log never gave out, before its gap is: below every log's base, so a gap again. */
    private static final long STRANGE = 1;
    /** Frames that one drain writes before others get their turn. */
    private static final int FRAMES_A_TURN = 32;

    private static final VarHandle WIP;
    private static final VarHandle CLOSING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WIP = lookup.findVarHandle(Connection.class, "wip", int.class);
            CLOSING = lookup.findVarHandle(Connection.class, "closing", CloseReason.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Hub hub;
    private final String id;
    private volatile Client client;
    private volatile @Nullable String userChannel;
    private final Outlet outlet;
    private final long since;

    private final Seats seats = new Seats();

    @SuppressWarnings("UnusedVariable") // read through WIP
    private volatile int wip;

    private volatile boolean busy;
    private volatile @Nullable CloseReason closing;
    private volatile boolean finished;
    private volatile boolean over;

    private volatile long writeStarted;
    private volatile long lastWritten;
    private volatile long lastSeen;
    private volatile long lastBeat;
    private volatile long closedAt;
    private @Nullable Long asked;
    private boolean bounded;
    private long deadline;
    private volatile long delivered;
    private volatile long cursor;

    Connection(Hub hub, String id, Client client, Outlet outlet) {
        this.hub = hub;
        this.id = id;
        this.client = client;
        this.outlet = outlet;
        this.userChannel = userChannel(client);
        this.since = hub.clock().millis();
        long now = hub.clock().nanos();
        this.lastWritten = now;
        this.lastSeen = now;
        this.lastBeat = now;
    }

    // ---- what it is ----

    /** Unique among all nodes and restarts; fits a channel name. */
    public String id() {
        return id;
    }

    public Client client() {
        return client;
    }

    /** From now on it is this client's. Only {@link Connections} may say so, or it would not be found by its user. */
    void become(Client client) {
        this.client = client;
        this.userChannel = userChannel(client);
    }

    private static @Nullable String userChannel(Client client) {
        String user = client.user();
        return user == null ? null : ChannelName.ofUser(user).value();
    }

    /** The channel to which it belongs by its user; null for an unknown one. */
    @Nullable
    String userChannel() {
        return userChannel;
    }

    /** When it was opened, milliseconds since the epoch. */
    public long since() {
        return since;
    }

    /** For how long the write under way has not been taken, in milliseconds; 0 when none is: it has all that there was. */
    public long lag() {
        return busy ? Math.max(0, hub.clock().nanos() - writeStarted) / 1_000_000 : 0;
    }

    /** Publications written so far. */
    public long delivered() {
        return delivered;
    }

    /** The client's cursor after the last write; at first the one that it came with. */
    public long cursor() {
        return cursor;
    }

    /** The cursor that the client came with: 0 is all that is retained, null is from now. */
    @Nullable
    Long asked() {
        return asked;
    }

    /** The names that it subscribes to, in the order of subscribing. */
    public List<String> channels() {
        Subscription[] all = seats.all();
        List<String> names = new ArrayList<>(all.length);
        for (Subscription subscription : all) {
            names.add(subscription.name);
        }
        return names;
    }

    /** False once the end has been decided. */
    public boolean open() {
        return closing == null;
    }

    /** Why it ends; only once that has been decided. */
    CloseReason closeReason() {
        CloseReason reason = closing;
        return reason == null ? CloseReason.GONE : reason;
    }

    // ---- what the transport tells it ----

    /** A sign of life from the client. */
    public void seen() {
        lastSeen = hub.clock().nanos();
    }

    /** Queues an answer; it is written before any publication that is not in flight yet. */
    public void send(Frame notice) {
        seats.queue(notice);
        if (!closeIfUnread()) {
            wake();
        }
    }

    private boolean closeIfUnread() {
        boolean unread = seats.overfull();
        if (unread) {
            close(CloseReason.limit("more than " + Seats.MOST_NOTICES + " answers wait to be read"));
        }
        return unread;
    }

    @Override
    public void written() {
        lastWritten = hub.clock().nanos();
        busy = false;
        Subscription[] all = seats.all();
        if (all.length == 1 && all[0].source.isDirty() && closing == null && !seats.noticed()) {
            return; // a pass of the fan-out has not begun and will come by: it takes all that waits in one write
        }
        wake();
    }

    @Override
    public void failed(Throwable cause) {
        LOG.log(
                cause instanceof Error ? Level.ERROR : Level.DEBUG,
                "{0} cannot be written to: {1}",
                this,
                cause.toString());
        gone();
    }

    /** The client has left, or cannot be reached. Idempotent; may come at any time, also after {@link #close}. */
    public void gone() {
        if (CLOSING.compareAndSet(this, null, CloseReason.GONE)) {
            leave();
        }
        abort(CloseReason.GONE);
    }

    @Override
    public void finished() {
        finished = true;
        if (CLOSING.compareAndSet(this, null, CloseReason.DONE)) {
            leave();
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
            leave();
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
        hub.registry().ended(this);
    }

    // ---- subscriptions ----

    /** As {@link Seats#put}; too many answers that nobody reads end the connection. */
    boolean put(@Nullable Subscription old, Subscription subscription, @Nullable Frame notice) {
        boolean seated = seats.put(old, subscription, notice);
        if (notice != null) {
            closeIfUnread();
        }
        return seated;
    }

    @Nullable
    Subscription remove(String name) {
        return seats.remove(name);
    }

    @Nullable
    Subscription find(String name) {
        return seats.find(name);
    }

    /** Those that the client has asked for. */
    int subscriptionCount() {
        int asked = 0;
        for (Subscription subscription : seats.all()) {
            if (subscription.name.charAt(0) != '$') {
                asked++;
            }
        }
        return asked;
    }

    /** Before the first drain: the cursor that the client came with, and for how long it is held at most. */
    void startAt(@Nullable Long asked, long head, @Nullable Duration holdFor) {
        this.asked = asked;
        this.cursor = asked == null ? head : asked > head ? STRANGE : asked;
        this.bounded = holdFor != null;
        this.deadline = holdFor == null ? 0 : hub.clock().nanos() + holdFor.toNanos();
    }

    /** Keeps it from draining while it is being set up, so that the first write carries all that waits. */
    void hold() {
        WIP.getAndAdd(this, 1);
    }

    /** Ends {@link #hold()} and drains. */
    void release() {
        runDrains(1);
    }

    private void leave() {
        for (Subscription subscription : seats.close()) {
            subscription.source.subscribers.remove(subscription);
        }
        hub.registry().left(this);
    }

    // ---- draining ----

    /** Something may wait to be written. Cheap, coalesced, never blocks, from any thread. */
    void wake() {
        if (busy || finished || (int) WIP.getAndAdd(this, 1) != 0) {
            return;
        }
        runDrains(1);
    }

    private void runDrains(int claimed) {
        int seen = claimed;
        do {
            if (!drain()) {
                WIP.setVolatile(this, 0); // drops the wake-ups that came meanwhile: the later turn is one for all
                hub.later(this);
                return;
            }
            seen = (int) WIP.getAndAdd(this, -seen) - seen;
        } while (seen != 0);
    }

    /** False when its turn is over and there may be more to write. */
    private boolean drain() {
        try {
            for (int frames = 0; !busy && !finished; frames++) {
                CloseReason reason = closing;
                if (reason != null) {
                    finished = true;
                    outlet.finish(reason, cursor, this);
                    return true;
                }
                if (frames == FRAMES_A_TURN) {
                    return false;
                }
                Frame frame = next();
                if (frame == null) {
                    return true;
                }
                writeStarted = hub.clock().nanos();
                busy = true;
                hub.stats().written(client.transport(), frame);
                outlet.write(frame, this);
            }
        } catch (RuntimeException | Error e) { // whatever it was, the next drain would meet it again
            failed(e);
        }
        return true;
    }

    /** The next frame to write, cursors moved past it; null when the client has everything. */
    private @Nullable Frame next() {
        Subscription[] all = seats.all(); // before the notices
        while (true) {
            Frame notice = seats.pollNotice();
            if (notice != null) {
                return notice;
            }
            long upTo = hub.index().watermark();
            Reading reading =
                    new Reading(all, outlet.encoder(), cursor, upTo, hub.clock().millis());
            if (reading.gaps() > 0) {
                hub.stats().gaps(reading.gaps());
            }
            seats.queue(reading.apart()); // as many as it has subscriptions, not as the client likes
            cursor = reading.cursor();
            Frame frame = reading.frame();
            if (frame != null) {
                long before = delivered; // one drain at a time, so this is no lost update
                delivered = before + frame.publications();
                return frame;
            }
            if (reading.apart().isEmpty() && !reading.overtaken()) {
                return null;
            }
        }
    }

    // ---- what the hub's timer asks ----

    /**
     * Writes a heartbeat if nothing has been written for that long; to a WebSocket also if nothing has been heard from
     * it: one that only listens, and always has something to hear, would be taken for dead.
     */
    void beat(long now, long silence) {
        boolean quiet = !busy && now - lastWritten >= silence;
        boolean unheard =
                client.transport() == Transport.WEBSOCKET && now - lastSeen >= silence && now - lastBeat >= silence;
        if (closing == null && (quiet || unheard)) {
            lastBeat = now;
            Frame heartbeat = outlet.encoder().heartbeat();
            if (heartbeat != null) {
                send(heartbeat);
            }
        }
    }

    /**
     * Ends it if its deadline or its credential is over, if a write does not come back, or if the client has been silent
     * too long.
     */
    void check(long now, HubSettings limits) {
        if (bounded && now - deadline >= 0) {
            close(CloseReason.DONE);
        } else if (client.credential().expires() != Long.MAX_VALUE
                && client.credential().expired(hub.clock().millis())) {
            close(CloseReason.EXPIRED);
        } else if (busy && now - writeStarted >= limits.progress().toNanos()) {
            CloseReason reason = CloseReason.slow("no progress for " + seconds(now - writeStarted) + " s, limit "
                    + limits.progress().toSeconds() + " s");
            close(reason);
            abort(reason);
        } else if (client.transport() == Transport.WEBSOCKET
                && now - lastSeen >= limits.silence().toNanos()) {
            close(CloseReason.silent("no sign of life for " + seconds(now - lastSeen) + " s, limit "
                    + limits.silence().toSeconds() + " s"));
        }
    }

    /** For one that is closing: cuts it if its goodbye has taken longer than {@code patience} nanoseconds. */
    void cutAfter(long now, long patience) {
        CloseReason reason = closing;
        if (reason != null && now - closedAt >= patience) {
            abort(reason);
        }
    }

    private static long seconds(long nanos) {
        return nanos / 1_000_000_000L;
    }

    @Override
    public String toString() {
        return client.transport().label() + " " + id;
    }
}
