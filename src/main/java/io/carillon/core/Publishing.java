package io.carillon.core;

import io.carillon.core.HubFigures.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way of a batch to the log: refuses what cannot be taken, adds what the channels' options say, counts. */
final class Publishing {
    /** So long a receipt waits for the log. As long as {@code JournalLog} lets a publisher wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HubSettings settings;
    private final HubClock clock;
    private final Log log;
    private final ChannelIndex index;
    private final Connections connections;
    private final FanOut fanOut;
    private final HubStats stats;
    private final Listeners<PublishListener> listeners = new Listeners<>();
    /** Receipts in the order in which their appends began, more or less; who has been told stays until {@link #expire}. */
    private final Queue<Awaited> waiting = new ConcurrentLinkedQueue<>();

    Publishing(
            HubSettings settings,
            HubClock clock,
            Log log,
            ChannelIndex index,
            Connections connections,
            FanOut fanOut,
            HubStats stats) {
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.index = index;
        this.connections = connections;
        this.fanOut = fanOut;
        this.stats = stats;
    }

    /** As {@link Hub#publish}. */
    List<Appended> publish(List<NewPublication> batch) {
        List<Appended> answers = store(batch, complete(batch, false));
        listeners.tell(listener -> listener.published(batch, answers));
        return answers;
    }

    /** As {@link Hub#publish(List, Receipt)}. */
    void publish(List<NewPublication> batch, Receipt receipt) {
        List<NewPublication> complete = complete(batch, false);
        long begun = clock.nanos();
        Awaited awaited = new Awaited(new Counted(batch, receipt, begun), begun);
        try {
            log.append(complete, awaited);
        } finally {
            fanOut.help(FanOut.HELP); // who does not wait holds no lock
        }
        if (!awaited.told()) {
            waiting.add(awaited);
        }
    }

    /** Tells those that the log has left without an answer for too long. Called by one thread at a time. */
    void expire() {
        long now = clock.nanos();
        for (Awaited oldest; (oldest = waiting.peek()) != null; waiting.remove()) {
            boolean late = now - oldest.begun() >= PATIENCE.toNanos();
            if (late) {
                oldest.failed(new LogUnavailableException("the log has not answered for " + PATIENCE.toSeconds()
                        + " s; whether it is stored is not known"));
            } else if (!oldest.told()) {
                return;
            }
        }
    }

    /** What the hub itself has to say. */
    void publishOwn(List<NewPublication> batch) {
        store(batch, complete(batch, true));
    }

    private List<Appended> store(List<NewPublication> batch, List<NewPublication> complete) {
        long begun = clock.nanos();
        try {
            List<Appended> answers = log.append(complete);
            stats.published(batch, answers);
            return answers;
        } catch (LogUnavailableException | LogFullException e) {
            refused(e, batch.size());
            throw e;
        } finally {
            stats.append.record(clock.nanos() - begun);
            fanOut.help(0); // it may be anybody's thread
        }
    }

    private void refused(RuntimeException byLog, int publications) {
        stats.refused(byLog instanceof LogFullException ? Refusal.LOG_FULL : Refusal.LOG_UNAVAILABLE, publications);
    }

    void listen(PublishListener listener) {
        listeners.add(listener);
    }

    /** As {@link Hub#forget}. */
    int forget(ChannelName name) {
        Channel channel = index.find(name.value());
        int retained = channel == null ? 0 : channel.retained.size();
        if (retained > 0) {
            log.append(List.of(Forgetting.of(name)));
            fanOut.help(0);
        }
        return retained;
    }

    private List<NewPublication> complete(List<NewPublication> batch, boolean own) {
        List<NewPublication> complete = new ArrayList<>(batch.size());
        Set<String> fresh = new HashSet<>();
        for (NewPublication publication : batch) {
            ChannelName channel = publication.channel();
            if (channel.ofConnection() && connections.find(channel.connectionId()) == null) {
                stats.refused(Refusal.UNKNOWN_CONNECTION, batch.size());
                throw new UnknownConnectionException(channel);
            }
            Channel known = index.find(channel.value());
            if (known == null) {
                fresh.add(channel.value());
            }
            ChannelOptions options = index.optionsOf(known, channel.value());
            if (options.presence() && !own && PresenceChange.reserved(publication.event())) {
                throw new RefusedException(
                        RefusedException.Why.RESERVED,
                        "event \"" + publication.event() + "\" is the hub's own on channel " + channel
                                + ": it tells who is there");
            }
            complete.add(options.applyTo(publication));
        }
        if (!index.makeRoomFor(fresh.size())) {
            stats.refused(Refusal.CHANNELS_FULL, batch.size());
            throw new RefusedException(
                    RefusedException.Why.FULL,
                    "all " + settings.maxChannels() + " channels of this node are in use; " + fresh.size()
                            + " would be new, the first " + fresh.iterator().next());
        }
        return complete;
    }

    /** Does for a receipt what {@link #store} and {@link #publish(List)} do around an append. */
    private final class Counted implements Receipt {
        private final List<NewPublication> batch;
        private final Receipt receipt;
        private final long begun;

        Counted(List<NewPublication> batch, Receipt receipt, long begun) {
            this.batch = batch;
            this.receipt = receipt;
            this.begun = begun;
        }

        @Override
        public void stored(List<Appended> answers) {
            stats.published(batch, answers);
            stats.append.record(clock.nanos() - begun);
            listeners.tell(listener -> listener.published(batch, answers));
            receipt.stored(answers);
        }

        @Override
        public void failed(RuntimeException why) {
            refused(why, batch.size());
            stats.append.record(clock.nanos() - begun);
            receipt.failed(why);
        }
    }
}
