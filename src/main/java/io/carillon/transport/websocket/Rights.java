package io.carillon.transport.websocket;

import io.carillon.auth.Access;
import io.carillon.auth.Identity;
import io.carillon.auth.Pace;
import io.carillon.auth.Refusals;
import io.carillon.auth.TokenVerifier;
import io.carillon.auth.Visitor;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.Connection;
import io.carillon.core.Frame;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.ServerMessages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the client of an open socket may do, which a new token changes, and how much of it. Used by one thread at a time. */
final class Rights {
    /** What decides for all sockets alike. */
    record Judges(Hub hub, Access access, TokenVerifier tokens, Refusals refusals) {}

    private final Judges judges;
    private final Pace messages;
    private Visitor visitor;

    /** @param messages how many he may send */
    Rights(Judges judges, Pace messages, Visitor visitor) {
        this.judges = judges;
        this.messages = messages;
        this.visitor = visitor;
    }

    /** False when a message comes too soon after too many. */
    boolean mayTalk() {
        return messages.take(HubClock.SYSTEM.nanos(), 1);
    }

    /** Counts what was not allowed, or not possible. */
    void refused(Refusals.What what, ErrorCode why) {
        judges.refusals.count(what, why);
    }

    void checkPublish(ChannelName channel) {
        judges.access.checkPublish(visitor, channel);
    }

    void checkPresence(ChannelName channel) {
        judges.access.checkPresence(visitor, channel);
    }

    void checkSubscribe(ChannelPattern channel) {
        judges.access.checkSubscribe(visitor, List.of(channel));
    }

    /**
     * Takes a first or a new token. What it does not allow any more is unsubscribed, and said.
     *
     * @throws ProtocolException if it does not hold, or is another subject's; nothing has changed then
     */
    void renew(Connection connection, String token, @Nullable String ref) {
        Identity fresh = judges.tokens.verify(token);
        if (visitor.identity().stranger()) {
            judges.access.limits().checkUser(fresh);
        } else if (!String.valueOf(fresh.subject()).equals(visitor.identity().subject())) {
            throw new ProtocolException(
                    ErrorCode.FORBIDDEN, "the token is of another subject; open another socket for it");
        }
        Visitor known = new Visitor(fresh, visitor.address());
        Client before = connection.client();
        judges.hub.identify(connection, known.client(before.transport(), before.name()));
        visitor = known;
        connection.send(authenticated(fresh, ref));
        for (String name : connection.channels()) {
            boolean own = name.charAt(0) == '$' && !name.equals(ChannelName.CONSOLE);
            if (!own && !judges.access.policy().maySubscribe(fresh, new ChannelPattern(name))) {
                judges.hub.unsubscribe(connection, name);
                connection.send(ServerMessages.unsubscribed(name, null));
            }
        }
    }

    static Frame.Text authenticated(Identity identity, @Nullable String ref) {
        return ServerMessages.authenticated(
                identity.toString(), identity.credential().expires(), ref);
    }
}
