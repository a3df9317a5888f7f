package io.carillon.auth;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Connection;
import io.carillon.core.ConnectionListener;
import io.carillon.core.ConnectionRegistry;
import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How much one visitor may do. A user counts for all that he shows; a stranger by his address, unless that is a proxy's that we
 * trust, which stands for many. What is too much is refused with {@link ErrorCode#LIMIT}.
 *
 * <p>Safe for concurrent use. The number of connections is looked at before one is opened, so that a few that come in the
 * same moment may be above it.
 */
public final class Limits implements ConnectionListener {
    /**
     * All for one visitor on this node.
     *
     * @param userConnections at one time
     * @param addressConnections at one time, whoever has them
     * @param publications a second
     * @param historyReads a second
     * @param newChannels a minute
     */
    public record Settings(
            int userConnections, int addressConnections, int publications, int historyReads, int newChannels) {}

    private final Settings settings;
    private final Proxies proxies;
    private final ConnectionRegistry open;
    private final Predicate<String> known;
    private final Rate publications;
    private final Rate historyReads;
    private final Rate newChannels;
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * @param open the connections that there are
     * @param known tells whether a channel is in use already
     */
    public Limits(
            Settings settings, Proxies proxies, ConnectionRegistry open, Predicate<String> known, HubClock clock) {
        this.settings = settings;
        this.proxies = proxies;
        this.open = open;
        this.known = known;
        this.publications = new Rate(settings.publications(), 2 * settings.publications(), clock);
        this.historyReads = new Rate(settings.historyReads(), 2 * settings.historyReads(), clock);
        this.newChannels = new Rate(settings.newChannels() / 60.0, 2 * settings.newChannels(), clock);
    }

    /** Refuses one more connection. */
    public void checkConnection(Visitor visitor) {
        String address = visitor.address();
        if (!unlimited(address) && byAddress.getOrDefault(address, 0) >= settings.addressConnections()) {
            throw tooMuch(
                    settings.addressConnections() + " connections are open from this address, which is the limit");
        }
        checkUser(visitor.identity());
    }

    /** Refuses that one more connection becomes this user's. */
    public void checkUser(Identity who) {
        String user = who.subject();
        if (user != null && open.ofUser(user).size() >= settings.userConnections()) {
            throw tooMuch(settings.userConnections() + " connections of this user are open, which is the limit");
        }
    }

    /** Refuses that many more publications, and too many channels that nobody uses yet. */
    public void checkPublish(Visitor visitor, List<ChannelName> channels) {
        take(publications, visitor, channels.size(), settings.publications() + " publications a second");
        Set<ChannelName> fresh = new HashSet<>();
        for (ChannelName channel : channels) {
            if (!known.test(channel.value())) {
                fresh.add(channel);
            }
        }
        checkNewChannels(visitor, fresh.size());
    }

    /** Refuses a subscription to too many channels that nobody uses yet. */
    public void checkSubscribe(Visitor visitor, List<ChannelPattern> channels) {
        int fresh = 0;
        for (ChannelPattern channel : channels) {
            if (!channel.wildcard() && !known.test(channel.value())) {
                fresh++;
            }
        }
        checkNewChannels(visitor, fresh);
    }

    private void checkNewChannels(Visitor visitor, int fresh) {
        if (fresh > 0) {
            take(newChannels, visitor, fresh, settings.newChannels() + " new channels a minute");
        }
    }

    public void checkHistory(Visitor visitor) {
        take(historyReads, visitor, 1, settings.historyReads() + " reads of history a second");
    }

    private void take(Rate rate, Visitor visitor, int times, String limit) {
        String user = visitor.identity().subject();
        if (user == null && unlimited(visitor.address())) {
            return;
        }
        String name = user == null ? "address " + visitor.address() : "user " + user;
        if (!rate.take(name, times)) {
            throw tooMuch("the limit is " + limit + ", and twice that at once");
        }
    }

    private boolean unlimited(String address) {
        return address.isEmpty() || proxies.trusted(address);
    }

    private static ProtocolException tooMuch(String message) {
        return new ProtocolException(ErrorCode.LIMIT, message);
    }

    /** Somebody is there who is no connection of the hub yet. */
    public void enter(String address) {
        byAddress.merge(address, 1, Integer::sum);
    }

    /** And is no longer. Once for each {@link #enter}. */
    public void leave(String address) {
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : (Integer) (count - 1));
    }

    @Override
    public void joined(Connection connection) {
        enter(connection.client().address());
    }

    @Override
    public void left(Connection connection) {
        leave(connection.client().address());
    }
}
