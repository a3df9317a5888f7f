package io.carillon.publish;

import io.carillon.auth.Access;
import io.carillon.auth.Action;
import io.carillon.auth.Identity;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
import io.carillon.core.Receipt;
import io.carillon.core.UnknownConnectionException;
import io.carillon.protocol.Batch;
import io.carillon.protocol.Channels;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.RawJson;
import io.carillon.protocol.Submissions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/**
 * Publishes what came by HTTP, whichever way it was read: by JAX-RS, or by {@link ShortWay}. Who may not publish is refused
 * before his body is read. What is thrown is for {@link Problems}. Blocks for the body, and for the log. It has no state, so
 * whoever needs one gets one of his own, without a proxy.
 */
@Dependent
public class Publisher {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    /** One publication, to a channel by that name; the body is its data. */
    public Appended one(Visitor visitor, String channel, Attributes attributes, Body body) throws IOException {
        return hub.publish(List.of(read(visitor, channel, attributes, body))).get(0);
    }

    /** The same, without waiting for the log. */
    void one(Visitor visitor, String channel, Attributes attributes, Body body, Receipt receipt) throws IOException {
        hub.publish(List.of(read(visitor, channel, attributes, body)), receipt);
    }

    private NewPublication read(Visitor visitor, String channel, Attributes attributes, Body body) throws IOException {
        ChannelName name = Channels.toPublishTo(channel);
        access.checkPublish(visitor, name);
        byte[] data = body.read(config.bytes(Key.MESSAGE));
        RawJson.check(data);
        return Submissions.of(
                name,
                attributes.event(),
                data,
                Numbers.ttl(attributes.ttl()),
                attributes.key(),
                Numbers.flag("ephemeral", attributes.ephemeral()));
    }

    /** Several, all of them or none; the body is a {@link Batch}. */
    public List<Appended> all(Visitor visitor, Body body) throws IOException {
        Batch batch = read(visitor, body);
        try {
            return hub.publish(batch.publications());
        } catch (UnknownConnectionException e) {
            throw indexed(e, batch);
        }
    }

    /** The same, without waiting for the log. */
    void all(Visitor visitor, Body body, Receipt receipt) throws IOException {
        Batch batch = read(visitor, body);
        try {
            hub.publish(batch.publications(), receipt);
        } catch (UnknownConnectionException e) {
            throw indexed(e, batch);
        }
    }

    private Batch read(Visitor visitor, Body body) throws IOException {
        access.policy().checkAny(visitor.identity(), Action.PUBLISH); // a stranger's body is not worth reading
        Batch batch = Batch.parse(body.read(config.bytes(Key.BATCH)), config.bytes(Key.MESSAGE));
        check(visitor.identity(), batch);
        access.limits()
                .checkPublish(
                        visitor,
                        batch.publications().stream()
                                .map(NewPublication::channel)
                                .toList());
        return batch;
    }

    private void check(Identity who, Batch batch) {
        for (int i = 0; i < batch.publications().size(); i++) {
            try {
                access.policy()
                        .check(who, Action.PUBLISH, batch.publications().get(i).channel());
            } catch (ProtocolException e) {
                throw e.at(batch.list(), i);
            }
        }
    }

    /** The hub knows the channel, the client wants to know the entry. */
    private static RuntimeException indexed(UnknownConnectionException cause, Batch batch) {
        for (int i = 0; i < batch.publications().size(); i++) {
            if (batch.publications().get(i).channel().equals(cause.channel())) {
                return new ProtocolException(ErrorCode.UNKNOWN_CONNECTION, String.valueOf(cause.getMessage()))
                        .at(batch.list(), i);
            }
        }
        return cause;
    }
}
