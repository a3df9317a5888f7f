package io.carillon.transport.websocket;

import io.carillon.auth.Access;
import io.carillon.auth.Identity;
import io.carillon.auth.Pace;
import io.carillon.auth.Refusals;
import io.carillon.auth.TokenVerifier;
import io.carillon.auth.Visitor;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.ClientNames;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.ServerMessages;
import io.carillon.protocol.WebSocketEncoder;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code v1/ws}: turns the container's callbacks into the hub's words, and nothing else. One instance a socket; the
 * container calls it by one thread at a time, but for {@code @OnError} and {@code @OnClose}, of which either, both or one
 * twice may come.
 */
@ServerEndpoint(value = "/v1/ws", configurator = Handshake.class, subprotocols = Handshake.BATCH)
public class HubEndpoint {
    /** Characters of a message around the data that it publishes. */
    private static final int ENVELOPE = 1024;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Closer closer;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Pinger pinger;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TokenVerifier tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Refusals refusals;

    private volatile @Nullable Conversation conversation;
    private @Nullable StringBuilder parts;

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0); // the hub's own heartbeats and limits hold
        Visitor visitor = Visitor.of(session.getUserPrincipal());
        try {
            if (visitor.refusal() != null) {
                refuse(session, visitor.refusal());
                return;
            }
            Map<String, List<String>> query = session.getRequestParameterMap();
            Opening opening = new Opening(
                    visitor.client(Transport.WEBSOCKET, ClientNames.parse(first(query, ClientNames.PARAMETER))),
                    ChannelQuery.parse(query.get("channel"), config.name(Key.DEFAULT_CHANNEL)),
                    Cursors.parse(first(query, "since")),
                    null);
            enter(session, opening, visitor);
        } catch (RuntimeException e) {
            refuse(session, Fault.of(e));
        }
    }

    private void enter(Session session, Opening opening, Visitor visitor) {
        try {
            access.policy().checkSubscribe(visitor.identity(), opening.channels());
        } catch (ProtocolException e) {
            if (e.code() != ErrorCode.UNAUTHORIZED || !hub.accepting()) {
                throw e;
            }
            Lobby lobby = new Lobby(tokens, e.fault(), new FrontDoor(session, opening, visitor.address()));
            conversation = lobby;
            hub.after(config.duration(Key.AUTH_TIMEOUT), lobby::timeOut);
            return;
        }
        begin(session, opening, visitor);
    }

    private Connection begin(Session session, Opening opening, Visitor visitor) {
        access.limits().checkSubscribe(visitor, opening.channels());
        WebSocketEncoder encoder = batch(session) ? WebSocketEncoder.BATCH : WebSocketEncoder.SINGLE;
        WebSocketOutlet outlet = new WebSocketOutlet(session, encoder, pinger.itself(), closer.itself());
        Connection connection = hub.open(opening, outlet, new Greeting(hub.settings()));
        int rate = config.integer(Key.INBOUND_RATE);
        Rights rights = new Rights(new Rights.Judges(hub, access, tokens, refusals), new Pace(rate, 2 * rate), visitor);
        conversation =
                new Dialogue(hub, connection, rights, config.name(Key.DEFAULT_CHANNEL), config.bytes(Key.MESSAGE));
        return connection;
    }

    /** Out of the lobby: to the channels that were asked for, or out of the house. */
    private final class FrontDoor implements Lobby.Door {
        private final Session session;
        private final Opening opening;
        private final String address;

        FrontDoor(Session session, Opening opening, String address) {
            this.session = session;
            this.opening = opening;
            this.address = address;
            access.limits().enter(address);
        }

        @Override
        public void admit(Identity identity, @Nullable String ref) {
            leave();
            try {
                Visitor known = new Visitor(identity, address);
                access.policy().checkSubscribe(identity, opening.channels());
                access.limits().checkUser(identity);
                Client client =
                        known.client(Transport.WEBSOCKET, opening.client().name());
                Opening asKnown = new Opening(client, opening.channels(), opening.since(), null);
                begin(session, asKnown, known).send(Rights.authenticated(identity, ref));
            } catch (RuntimeException e) {
                HubEndpoint.this.refuse(session, Fault.of(e));
            }
        }

        @Override
        public void refuse(Fault fault) {
            leave();
            HubEndpoint.this.refuse(session, fault);
        }

        @Override
        public void leave() {
            access.limits().leave(address);
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        Conversation to = conversation;
        if (to == null) {
            return;
        }
        int limit = (int) config.bytes(Key.MESSAGE) + ENVELOPE;
        int length = part.length() + (parts == null ? 0 : parts.length());
        if (length > limit) {
            parts = null;
            to.tooLong(limit);
            return;
        }
        if (parts == null && last) {
            to.hear(part);
            return;
        }
        StringBuilder whole = parts == null ? new StringBuilder(part.length() * 2) : parts;
        whole.append(part);
        parts = last ? null : whole;
        if (last) {
            to.hear(whole.toString());
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        Conversation to = conversation;
        if (to != null && last) {
            to.binary();
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        Conversation to = conversation;
        if (to != null) {
            to.alive();
        }
    }

    @OnError
    public void error(Throwable cause) {
        gone();
    }

    @OnClose
    public void close() {
        gone();
    }

    private void gone() {
        Conversation to = conversation;
        if (to != null) {
            to.gone();
        }
    }

    /** Says why in words and in a code, then closes. */
    private void refuse(Session session, Fault fault) {
        refusals.count(Refusals.What.SUBSCRIBE, fault.code());
        CloseReason reason = Lobby.closeReason(fault);
        String error = ServerMessages.error(fault.code(), fault.detail(), null).text();
        String bye = ServerMessages.bye(reason).text();
        RemoteEndpoint.Async remote = session.getAsyncRemote();
        remote.sendText(error, said -> remote.sendText(bye, done -> closer.close(session, reason)));
    }

    private static boolean batch(Session session) {
        return Handshake.BATCH.equals(session.getNegotiatedSubprotocol())
                || "1".equals(first(session.getRequestParameterMap(), "batch"));
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
