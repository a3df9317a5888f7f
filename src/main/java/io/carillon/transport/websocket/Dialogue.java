package io.carillon.transport.websocket;

import io.carillon.auth.Refusals;
import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.Frame;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
import io.carillon.core.Opening;
import io.carillon.core.Subscribed;
import io.carillon.protocol.ClientMessage;
import io.carillon.protocol.ClientMessages;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.protocol.InvalidMessageException;
import io.carillon.protocol.ServerMessages;
import io.carillon.protocol.Submissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client says on its socket, and the answers. Called by one thread at a time. */
final class Dialogue implements Conversation {
    private final Hub hub;
    private final Connection connection;
    private final Rights rights;
    private final String defaultChannel;
    private final long dataLimit;

    /** @param dataLimit bytes of data that one publication may carry */
    Dialogue(Hub hub, Connection connection, Rights rights, String defaultChannel, long dataLimit) {
        this.hub = hub;
        this.connection = connection;
        this.rights = rights;
        this.defaultChannel = defaultChannel;
        this.dataLimit = dataLimit;
    }

    @Override
    public void hear(String text) {
        connection.seen();
        if (!connection.open()) {
            return; // the end has been decided, perhaps since his time is over
        }
        if (!rights.mayTalk()) {
            connection.close(CloseReason.limit("more messages than carillon.inbound.rate allows"));
            return;
        }
        String ref = null;
        Refusals.What what = Refusals.What.OTHER;
        try {
            ClientMessage message = ClientMessages.parse(text);
            ref = message.ref();
            what = what(message);
            answer(message, ref);
        } catch (InvalidMessageException e) {
            rights.refused(what, e.code());
            connection.send(ServerMessages.error(e.code(), String.valueOf(e.getMessage()), e.ref()));
        } catch (RuntimeException e) {
            Fault fault = Fault.of(e);
            rights.refused(what, fault.code());
            connection.send(ServerMessages.error(fault.code(), fault.detail(), ref));
        }
    }

    private static Refusals.What what(ClientMessage message) {
        if (message instanceof ClientMessage.Publish || message instanceof ClientMessage.Chat) {
            return Refusals.What.PUBLISH;
        }
        if (message instanceof ClientMessage.Subscribe) {
            return Refusals.What.SUBSCRIBE;
        }
        return message instanceof ClientMessage.Presence ? Refusals.What.READ : Refusals.What.OTHER;
    }

    private void answer(ClientMessage message, @Nullable String ref) {
        if (message instanceof ClientMessage.Subscribe subscribe) {
            rights.checkSubscribe(subscribe.channel());
            hub.subscribe(connection, subscribe.channel(), subscribe.since(), new Answers(ref));
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe.channel().value(), ref);
        } else if (message instanceof ClientMessage.Publish publish) {
            connection.send(ServerMessages.published(publish(publish.publication()), ref));
        } else if (message instanceof ClientMessage.Chat chat) {
            chat(chat);
        } else if (message instanceof ClientMessage.Ping) {
            connection.send(ServerMessages.pong(ref));
        } else if (message instanceof ClientMessage.Auth auth) {
            rights.renew(connection, auth.token(), ref);
        } else if (message instanceof ClientMessage.Presence presence) {
            ChannelName channel = presence.channel();
            rights.checkPresence(channel);
            connection.send(ServerMessages.presence(
                    channel.value(), hub.present(channel), hub.presence().of(channel), ref));
        }
    }

    private void unsubscribe(String channel, @Nullable String ref) {
        if (hub.unsubscribe(connection, channel)) {
            connection.send(ServerMessages.unsubscribed(channel, ref));
        } else {
            connection.send(
                    ServerMessages.error(ErrorCode.NOT_FOUND, "not subscribed to " + channel + ", by that name", ref));
        }
    }

    /** Chat goes to the channel that it names, else to the first that the client is on. It is answered by its delivery. */
    private void chat(ClientMessage.Chat chat) {
        ChannelName channel = chat.channel();
        if (channel == null) {
            channel = new ChannelName(connection.channels().stream()
                    .filter(name -> name.indexOf('*') < 0 && name.charAt(0) != '$')
                    .findFirst()
                    .orElse(defaultChannel));
        }
        publish(new NewPublication(channel, ClientMessage.Chat.EVENT, chat.data(), null, null));
    }

    private Appended publish(NewPublication publication) {
        rights.checkPublish(publication.channel());
        Submissions.checkSize(publication.data(), dataLimit);
        return hub.publish(List.of(publication)).get(0);
    }

    @Override
    public void tooLong(int limit) {
        connection.close(CloseReason.limit("a message is longer than the limit of " + limit + " characters"));
    }

    @Override
    public void binary() {
        connection.seen();
        connection.send(ServerMessages.error(
                ErrorCode.INVALID_REQUEST, "binary frames are not understood; send JSON objects as text", null));
    }

    @Override
    public void alive() {
        connection.seen();
    }

    @Override
    public void gone() {
        connection.gone();
    }

    /** The answer to a subscription carries the client's own reference. */
    private record Answers(@Nullable String ref) implements Opening.Answers {
        @Override
        public @Nullable Frame welcome(Connection connection) {
            return null;
        }

        @Override
        public Frame subscribed(Subscribed subscribed) {
            return ServerMessages.subscribed(subscribed, ref);
        }
    }
}
