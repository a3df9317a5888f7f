package io.carillon.cdi;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Attendance;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.protocol.Channels;
import io.carillon.protocol.RawJson;
import io.carillon.protocol.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The hub, for the application that has it inside: {@code @Inject Carillon carillon}. The application is trusted: its
 * calls need no permission and are not rationed; the rules for what is published are those of the wire.
 *
 * <p>Safe for concurrent use. What publishes may block for the log, 10 s at most.
 */
@ApplicationScoped
public class Carillon {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    /**
     * Publishes to a channel; returns the id once it is stored.
     *
     * @param json any JSON value
     * @throws io.carillon.protocol.ProtocolException what is wrong with it
     * @throws io.carillon.core.RefusedException nothing is stored: going down, or full
     * @throws io.carillon.core.LogFullException nothing is stored
     * @throws io.carillon.core.LogUnavailableException stored or not is unknown
     */
    public long publish(String channel, String event, String json) {
        return publish(Channels.toPublishTo(channel), event, json);
    }

    /** The same to all connections of one user, which need not subscribe to hear it. */
    public long publishToUser(String user, String event, String json) {
        return publish(ChannelName.ofUser(user), event, json);
    }

    private long publish(ChannelName channel, String event, String json) {
        byte[] data = json.getBytes(StandardCharsets.UTF_8);
        Submissions.checkSize(data, config.bytes(Key.MESSAGE));
        RawJson.check(data);
        return hub.publish(List.of(Submissions.of(channel, event, data, null, null, false)))
                .get(0)
                .id();
    }

    /** Who is in a channel of this node; empty if it has no {@code presence=on}. */
    public Optional<Attendance> presence(String channel) {
        return Optional.ofNullable(hub.presence().of(new ChannelName(channel)));
    }

    /** How many connections of this node are subscribed to a channel, by its name or a pattern. */
    public int connections(String channel) {
        return hub.present(new ChannelName(channel)).size();
    }
}
