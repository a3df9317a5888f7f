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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receives who has shaken hands: to the channels that he asks for, to the {@link Lobby}, or out again. Safe for concurrent use. */
@ApplicationScoped
public class Reception {
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
    private Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TokenVerifier tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Refusals refusals;

    /** Characters that a message may have. */
    public int limit() {
        return (int) config.bytes(Key.MESSAGE) + ENVELOPE;
    }

    /** Takes him in, or refuses him on the socket. What he says is to be told to the talk. Does not block. */
    public void receive(Newcomer newcomer, Socket socket, Talk talk) {
        Visitor visitor = newcomer.visitor();
        try {
            if (visitor.refusal() != null) {
                refuse(socket, visitor.refusal());
                return;
            }
            Opening opening = new Opening(
                    visitor.client(Transport.WEBSOCKET, ClientNames.parse(newcomer.first(ClientNames.PARAMETER))),
                    ChannelQuery.parse(newcomer.query().get("channel"), config.name(Key.DEFAULT_CHANNEL)),
                    Cursors.parse(newcomer.first("since")),
                    null);
            new Guest(socket, newcomer.batch(), talk).enter(opening, visitor);
        } catch (RuntimeException e) {
            refuse(socket, Fault.of(e));
        }
    }

    private void refuse(Socket socket, Fault fault) {
        refusals.count(Refusals.What.SUBSCRIBE, fault.code());
        socket.refuse(ServerMessages.error(fault.code(), fault.detail(), null).text(), Lobby.closeReason(fault));
    }

    /**
     * Who comes, and what he asks for in the address.
     *
     * @param subprotocol the one that was agreed on; empty or null for none
     */
    public record Newcomer(
            Visitor visitor,
            Map<String, List<String>> query,
            @Nullable String subprotocol) {

        boolean batch() {
            return Handshake.BATCH.equals(subprotocol) || "1".equals(first("batch"));
        }

        private @Nullable String first(String name) {
            List<String> values = query.get(name);
            return values == null || values.isEmpty() ? null : values.get(0);
        }
    }

    /** One who has come, until he is a connection of the hub. */
    private final class Guest {
        private final Socket socket;
        private final boolean batch;
        private final Talk talk;

        Guest(Socket socket, boolean batch, Talk talk) {
            this.socket = socket;
            this.batch = batch;
            this.talk = talk;
        }

        void enter(Opening opening, Visitor visitor) {
            try {
                access.policy().checkSubscribe(visitor.identity(), opening.channels());
            } catch (ProtocolException e) {
                if (e.code() != ErrorCode.UNAUTHORIZED || !hub.accepting()) {
                    throw e;
                }
                Lobby lobby = new Lobby(tokens, e.fault(), new FrontDoor(this, opening, visitor.address()));
                talk.goesTo(lobby);
                hub.after(config.duration(Key.AUTH_TIMEOUT), lobby::timeOut);
                return;
            }
            begin(opening, visitor);
        }

        Connection begin(Opening opening, Visitor visitor) {
            access.limits().checkSubscribe(visitor, opening.channels());
            Connection connection = hub.open(opening, socket.outlet(batch), new Greeting(hub.settings()));
            int rate = config.integer(Key.INBOUND_RATE);
            Rights rights =
                    new Rights(new Rights.Judges(hub, access, tokens, refusals), new Pace(rate, 2 * rate), visitor);
            talk.goesTo(
                    new Dialogue(hub, connection, rights, config.name(Key.DEFAULT_CHANNEL), config.bytes(Key.MESSAGE)));
            return connection;
        }

        void refuse(Fault fault) {
            Reception.this.refuse(socket, fault);
        }
    }

    /** Out of the lobby: to the channels that were asked for, or out of the house. */
    private final class FrontDoor implements Lobby.Door {
        private final Guest guest;
        private final Opening opening;
        private final String address;

        FrontDoor(Guest guest, Opening opening, String address) {
            this.guest = guest;
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
                guest.begin(asKnown, known).send(Rights.authenticated(identity, ref));
            } catch (RuntimeException e) {
                guest.refuse(Fault.of(e));
            }
        }

        @Override
        public void refuse(Fault fault) {
            leave();
            guest.refuse(fault);
        }

        @Override
        public void leave() {
            access.limits().leave(address);
        }
    }
}
