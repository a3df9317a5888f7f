package io.carillon.transport.websocket;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.core.Opening;
import io.carillon.core.Transport;
import io.carillon.protocol.ChannelQuery;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
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
import java.security.Principal;
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

    private volatile @Nullable Dialogue dialogue;
    private @Nullable StringBuilder parts;

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0); // the hub's own heartbeats and limits hold
        Map<String, List<String>> query = session.getRequestParameterMap();
        WebSocketEncoder encoder = batch(session, query) ? WebSocketEncoder.BATCH : WebSocketEncoder.SINGLE;
        Greeting greeting = new Greeting(hub.settings());
        try {
            Opening opening = new Opening(
                    client(session),
                    ChannelQuery.parse(query.get("channel"), config.name(Key.DEFAULT_CHANNEL)),
                    Cursors.parse(first(query, "since")),
                    null);
            WebSocketOutlet outlet = new WebSocketOutlet(session, encoder, pinger.itself(), closer.itself());
            Connection connection = hub.open(opening, outlet, greeting);
            dialogue = new Dialogue(hub, connection, config.name(Key.DEFAULT_CHANNEL), config.bytes(Key.MESSAGE));
        } catch (RuntimeException e) {
            refuse(session, Fault.of(e));
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        Dialogue to = dialogue;
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
        Dialogue to = dialogue;
        if (to != null && last) {
            to.binary();
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        Dialogue to = dialogue;
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
        Dialogue to = dialogue;
        if (to != null) {
            to.gone();
        }
    }

    /** Says why in words and in a code, then closes. */
    private void refuse(Session session, Fault fault) {
        CloseReason reason = fault.code() == ErrorCode.UNAVAILABLE
                ? CloseReason.DRAIN
                : fault.code() == ErrorCode.LIMIT
                        ? CloseReason.limit(fault.detail())
                        : CloseReason.badRequest(fault.detail());
        String error = ServerMessages.error(fault.code(), fault.detail(), null).text();
        String bye = ServerMessages.bye(reason).text();
        RemoteEndpoint.Async remote = session.getAsyncRemote();
        remote.sendText(error, said -> remote.sendText(bye, done -> closer.close(session, reason)));
    }

    private static boolean batch(Session session, Map<String, List<String>> query) {
        return Handshake.BATCH.equals(session.getNegotiatedSubprotocol()) || "1".equals(first(query, "batch"));
    }

    private static Client client(Session session) {
        Principal user = session.getUserPrincipal();
        return new Client(Transport.WEBSOCKET, user == null ? null : user.getName(), "");
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
