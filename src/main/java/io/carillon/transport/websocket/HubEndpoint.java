package io.carillon.transport.websocket;

import io.carillon.auth.Visitor;
import io.carillon.core.CloseReason;
import io.carillon.core.Outlet;
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
import org.jspecify.annotations.Nullable;

/**
 * {@code v1/ws}: turns the container's callbacks into the hub's words, and nothing else. One instance a socket; the
 * container calls it by one thread at a time, but for {@code @OnError} and {@code @OnClose}, of which either, both or one
 * twice may come.
 */
@ServerEndpoint(value = "/v1/ws", configurator = Handshake.class, subprotocols = Handshake.BATCH)
public class HubEndpoint {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private Reception reception;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Closer closer;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Pinger pinger;

    private final Talk talk = new Talk();
    private @Nullable StringBuilder parts;

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0); // the hub's own heartbeats and limits hold
        Reception.Newcomer newcomer = new Reception.Newcomer(
                Visitor.of(session.getUserPrincipal()),
                session.getRequestParameterMap(),
                session.getNegotiatedSubprotocol());
        reception.receive(newcomer, new Kept(session), talk);
    }

    @OnMessage
    public void text(String part, boolean last) {
        int limit = reception.limit();
        int length = part.length() + (parts == null ? 0 : parts.length());
        if (length > limit) {
            parts = null;
            talk.tooLong(limit);
            return;
        }
        if (parts == null && last) {
            talk.hear(part);
            return;
        }
        StringBuilder whole = parts == null ? new StringBuilder(part.length() * 2) : parts;
        whole.append(part);
        parts = last ? null : whole;
        if (last) {
            talk.hear(whole.toString());
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        if (last) {
            talk.binary();
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        talk.alive();
    }

    @OnError
    public void error(Throwable cause) {
        talk.gone();
    }

    @OnClose
    public void close() {
        talk.gone();
    }

    /** A socket that the container keeps. */
    private final class Kept implements Socket {
        private final Session session;

        Kept(Session session) {
            this.session = session;
        }

        @Override
        public Outlet outlet(boolean batch) {
            WebSocketEncoder encoder = batch ? WebSocketEncoder.BATCH : WebSocketEncoder.SINGLE;
            return new WebSocketOutlet(session, encoder, pinger.itself(), closer.itself());
        }

        @Override
        public void refuse(String error, CloseReason reason) {
            String bye = ServerMessages.bye(reason).text();
            RemoteEndpoint.Async remote = session.getAsyncRemote();
            remote.sendText(error, said -> remote.sendText(bye, done -> closer.close(session, reason)));
        }
    }
}
