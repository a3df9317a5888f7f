package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the channels that ask for it ({@link ChannelOptions#presence}): members, not connections. Whoever has lost
 * his connection, or is between two polls, keeps his place for {@link HubSettings#lease}, and may come back on whatever
 * transport; who unsubscribes or is sent away for good leaves at once. Who listens by a pattern is nowhere a member.
 *
 * <p>Safe for concurrent use. Coming and going is noted at once, in {@link Rooms}; it is told by {@link #announce}, as
 * ephemeral publications on the channel itself.
 */
public final class Presence {
    private static final System.Logger LOG = System.getLogger(Presence.class.getName());
    /** Members that one look lists; more are only counted. */
    public static final int MOST_LISTED = 1000;

    private static final int MOST_AT_ONCE = 500;
    private static final int ROUNDS = 20;

    private final HubClock clock;
    private final ChannelIndex index;
    private final Consumer<List<NewPublication>> publish;
    private final Function<PresenceChange, byte[]> words;
    private final Rooms rooms;
    private final Listeners<PresenceListener> listeners = new Listeners<>();
    private final AtomicBoolean announcing = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param publish stores publications of the hub's own; may block
     * @param words the data of the publication that tells of a change, as JSON
     */
    Presence(
            HubSettings settings,
            HubClock clock,
            ChannelIndex index,
            Consumer<List<NewPublication>> publish,
            Function<PresenceChange, byte[]> words) {
        this.clock = clock;
        this.index = index;
        this.publish = publish;
        this.words = words;
        this.rooms = new Rooms(settings.lease().toNanos(), settings.maxConnections());
    }

    /** Hears of all changes from now on. */
    public void listen(PresenceListener listener) {
        listeners.add(listener);
    }

    /** The connections that are subscribed to a channel, by its name or by a pattern. */
    List<Connection> connections(ChannelName name) {
        Set<Connection> present = new LinkedHashSet<>();
        for (Source source : index.sourcesOf(name.value())) {
            for (Subscription subscription : source.subscribers.snapshot()) {
                present.add(subscription.connection);
            }
        }
        return new ArrayList<>(present);
    }

    /** Who is in a channel, at most {@link #MOST_LISTED} of them by name; null for one that does not ask for it. */
    public @Nullable Attendance of(ChannelName name) {
        if (!index.optionsOf(index.find(name.value()), name.value()).presence()) {
            return null;
        }
        long cursor = index.watermark(); // before the look: what was told up to here has been done
        return rooms.attendance(name.value(), MOST_LISTED, cursor, clock.nanos());
    }

    /**
     * Ends leases that are over, and tells of all that has changed since the last time. About four times a second. Blocks as
     * {@link Hub#publish} does; a call while another is at work does nothing. What cannot be stored is told the next time.
     */
    public void announce() {
        if (closed || !announcing.compareAndSet(false, true)) {
            return;
        }
        try {
            for (int i = 0; i < ROUNDS; i++) {
                List<Rooms.Turn> turns = rooms.turns(MOST_AT_ONCE, clock.nanos());
                if (turns.isEmpty()) {
                    return;
                }
                List<PresenceChange> changes = new ArrayList<>(turns.size());
                turns.forEach(turn -> add(changes, turn));
                publish(changes);
                rooms.told(turns);
                listeners.tell(listener -> listener.changed(changes));
            }
        } catch (RefusedException | LogUnavailableException | LogFullException e) {
            LOG.log(Level.DEBUG, "who has come and gone is told later: {0}", e.getMessage());
        } finally {
            announcing.set(false);
        }
    }

    private void add(List<PresenceChange> changes, Rooms.Turn turn) {
        String channel = turn.channel();
        long now = clock.millis();
        if (turn.joins && turn.count == 1) {
            changes.add(new PresenceChange(PresenceChange.Kind.OCCUPIED, channel, null, 1, now));
        }
        PresenceChange.Kind kind = turn.joins ? PresenceChange.Kind.JOINED : PresenceChange.Kind.LEFT;
        changes.add(new PresenceChange(kind, channel, turn.member(), turn.count, now));
        if (!turn.joins && turn.count == 0) {
            changes.add(new PresenceChange(PresenceChange.Kind.VACATED, channel, null, 0, now));
        }
    }

    /** Only where somebody may hear it: a channel that is forgotten has no subscribers. */
    private void publish(List<PresenceChange> changes) {
        List<NewPublication> batch = new ArrayList<>(changes.size());
        for (PresenceChange change : changes) {
            if (change.member() != null && index.find(change.channel()) != null) {
                String event = change.kind() == PresenceChange.Kind.JOINED ? PresenceChange.JOIN : PresenceChange.LEAVE;
                ChannelName channel = new ChannelName(change.channel());
                batch.add(new NewPublication(channel, event, words.apply(change), null, null, true));
            }
        }
        if (!batch.isEmpty()) {
            publish.accept(batch);
        }
    }

    // ---- what the hub tells it ----

    /** The hub goes down: everybody loses his connection, and nobody has left. */
    void close() {
        closed = true;
    }

    /**
     * A subscription is at its source and in its connection's list. If it has been taken off that list meanwhile, whoever
     * did it may have been here before us: so it is looked at afterwards.
     */
    void joined(Subscription subscription) {
        if (!tracked(subscription)) {
            return;
        }
        Member member = Member.of(subscription.connection);
        if (member != null) {
            rooms.sit(subscription, member, clock.millis());
            if (subscription.connection.feed().find(subscription.name) != subscription) {
                left(subscription, false);
            }
        }
    }

    /**
     * A subscription has been taken off its connection's list.
     *
     * @param atOnce it is known that he will not be back
     */
    void left(Subscription subscription, boolean atOnce) {
        if (tracked(subscription)) {
            rooms.rise(subscription, atOnce, clock.nanos());
        }
    }

    /** A connection has become somebody's: whoever it was has left, and he joins. */
    void identified(Connection connection) {
        Member member = Member.of(connection);
        for (Subscription subscription : connection.feed().all()) {
            if (tracked(subscription) && member != null && !member.equals(rooms.memberAt(subscription))) {
                rooms.rise(subscription, true, clock.nanos());
                joined(subscription);
            }
        }
    }

    private static boolean tracked(Subscription subscription) {
        return subscription.source instanceof Channel channel && channel.options.presence();
    }
}
