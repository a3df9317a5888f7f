package io.carillon.core;

import io.carillon.core.HubFigures.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The way of a batch to the log: refuses what cannot be taken, adds what the channels' options say, counts. */
final class Publishing {
    private final HubSettings settings;
    private final HubClock clock;
    private final Log log;
    private final ChannelIndex index;
    private final Connections connections;
    private final HubStats stats;
    private final Listeners<PublishListener> listeners = new Listeners<>();

    Publishing(
            HubSettings settings,
            HubClock clock,
            Log log,
            ChannelIndex index,
            Connections connections,
            HubStats stats) {
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.index = index;
        this.connections = connections;
        this.stats = stats;
    }

    /** As {@link Hub#publish}. */
    List<Appended> publish(List<NewPublication> batch) {
        List<Appended> answers = store(batch, complete(batch, false));
        listeners.tell(listener -> listener.published(batch, answers));
        return answers;
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
        } catch (LogUnavailableException e) {
            stats.refused(Refusal.LOG_UNAVAILABLE, batch.size());
            throw e;
        } catch (LogFullException e) {
            stats.refused(Refusal.LOG_FULL, batch.size());
            throw e;
        } finally {
            stats.append.record(clock.nanos() - begun);
        }
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
}
