package io.carillon.core;

import org.jspecify.annotations.Nullable;

/**
 * Brings connections to their channels: those that they ask for, and the hub's own channels, to which they belong without
 * asking.
 *
 * <p>A subscription is in its source's list first and in its connection's afterwards, so that from then on either the fan-out
 * finds it or its first drain sees what is newer.
 */
final class Joins {
    private final HubSettings settings;
    private final ChannelIndex index;
    private final Connections connections;
    private final Presence presence;

    Joins(HubSettings settings, ChannelIndex index, Connections connections, Presence presence) {
        this.settings = settings;
        this.index = index;
        this.connections = connections;
        this.presence = presence;
    }

    /** As {@link Hub#subscribe}; what it brings is not written yet. */
    void subscribe(Connection connection, ChannelPattern channel, @Nullable Long since, Opening.Answers answers) {
        Feed feed = connection.feed();
        Subscription present = feed.find(channel.value());
        if (present == null) {
            RefusedException.checkSubscriptions(feed.asks() + 1, settings);
        }
        if (present != null && since == null) {
            long head = index.watermark();
            Frame answer = answers.subscribed(new Subscribed(channel.value(), head, head, true));
            if (answer != null) {
                connection.send(answer);
            }
        } else {
            join(connection, channel, since, answers, present);
        }
    }

    /** As {@link Hub#unsubscribe}. */
    boolean leave(Connection connection, String channel) {
        Subscription subscription = connection.feed().remove(channel);
        if (subscription != null) {
            subscription.source.subscribers.remove(subscription);
            presence.left(subscription, true);
        }
        return subscription != null;
    }

    /** As {@link Hub#identify}. */
    void identify(Connection connection, Client client) {
        Client before = connection.client();
        boolean same = before.user() == null || before.user().equals(client.user());
        if (!same || before.transport() != client.transport()) {
            throw new IllegalArgumentException(connection + " is somebody else's");
        }
        connections.identify(connection, client);
        presence.identified(connection);
        if (before.user() == null) {
            attachUser(connection, null);
            connection.wake();
        }
    }

    /** @param old the one of the same name that it takes the place of */
    void join(
            Connection connection,
            ChannelPattern channel,
            @Nullable Long since,
            Opening.Answers answers,
            @Nullable Subscription old) {
        boolean joined;
        do { // again when the sweep has just retired the source
            Source source = index.source(channel);
            Subscription subscription = subscription(connection, source, since);
            boolean recovered = subscription.firstGap == null
                    && (since == null || since == 0 || subscription.cursor >= source.floor());
            Frame answer = answers.subscribed(
                    new Subscribed(channel.value(), subscription.cursor, index.watermark(), recovered));
            joined = join(subscription, answer, old);
        } while (!joined);
    }

    /** False when nobody can join that source any more: look it up again. */
    private boolean join(Subscription subscription, @Nullable Frame answer, @Nullable Subscription old) {
        Source source = subscription.source;
        if (!source.subscribers.add(subscription)) {
            return false;
        }
        if (!subscription.connection.put(old, subscription, answer)) {
            source.subscribers.remove(subscription);
            return true;
        }
        presence.joined(subscription);
        if (old != null) {
            old.source.subscribers.remove(old);
            presence.left(old, true); // whoever it was has the new one by now
        }
        return true;
    }

    /** Where a subscription begins. It is in the source's list before this node's readers see anything newer. */
    private Subscription subscription(Connection connection, Source source, @Nullable Long since) {
        long head = index.watermark();
        String name = source.name();
        boolean nothingKept = source instanceof Channel channel && !channel.options.history();
        if (since == null || (since == 0 && nothingKept)) {
            return new Subscription(connection, source, name, head);
        }
        if (since == 0) {
            return Subscription.toAllRetained(connection, source, name, head);
        }
        if (since > head) {
            long floor = source instanceof Channel ? source.floor() : index.base();
            return Subscription.afterGap(connection, source, name, new Gap(name, since, floor));
        }
        long lost = index.lost();
        if (since < lost) {
            return Subscription.afterGap(connection, source, name, new Gap(name, since, lost));
        }
        return new Subscription(connection, source, name, since);
    }

    /** Under the index' lock: a channel of the hub's own has come to be; it belongs to these connections. */
    void attachOwners(Channel channel) {
        ChannelName name = new ChannelName(channel.name());
        if (name.ofConnection()) {
            Connection connection = connections.find(name.connectionId());
            if (connection != null) {
                join(new Subscription(connection, channel, channel.name(), channel.floor()), null, null);
            }
        }
        for (Connection connection : connections.ofUserChannel(channel.name())) {
            join(subscription(connection, channel, connection.feed().asked()), null, null);
        }
    }

    /**
     * The channel of its user is a connection's without asking. One that nobody has published to need not exist; it is
     * made when the client's cursor has missed something, since only a channel can say so.
     */
    void attachUser(Connection connection, @Nullable Long since) {
        String own = connection.client().userChannel();
        while (own != null) {
            boolean missed = since != null
                    && since != 0
                    && (since < Math.max(index.base(), index.lost()) || since > index.watermark());
            Channel channel = missed ? index.channel(own) : index.find(own);
            if (channel == null || join(subscription(connection, channel, since), null, null)) {
                return;
            }
        }
    }
}
