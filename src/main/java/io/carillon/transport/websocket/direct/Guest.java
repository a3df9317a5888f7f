package io.carillon.transport.websocket.direct;

import io.carillon.core.Hub;
import io.carillon.protocol.WebSocketFrames;
import io.carillon.transport.websocket.Reception;
import io.carillon.transport.websocket.Talk;
import io.carillon.wire.Peer;
import io.carillon.wire.Wire;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has shaken hands, on the connection that the server has given away: what he sends is read here, and told to the talk. */
final class Guest implements Peer {
    private final Reception reception;
    private final Reception.Newcomer newcomer;
    private final DirectSocket socket;
    private final Talk talk = new Talk();
    private final FrameReader frames;
    private final int limit;
    private boolean deaf;

    Guest(Wire wire, Reception.Newcomer newcomer, Hub hub, Reception reception) {
        this.reception = reception;
        this.newcomer = newcomer;
        this.socket = new DirectSocket(wire, hub::after);
        this.limit = reception.limit();
        this.frames = new FrameReader(limit);
    }

    /** To the hub, or out again. */
    @Override
    public void begin() {
        reception.receive(newcomer, socket, talk);
    }

    /** Signs of life are told at once, and messages may block, in the log. Nothing is heard after his farewell. */
    @Override
    public @Nullable Runnable hear(ByteBuffer bytes) {
        List<Heard> heard = deaf ? List.of() : frames.read(bytes);
        for (int i = 0; i < heard.size(); i++) {
            if (!(heard.get(i) instanceof Heard.Ping) && !(heard.get(i) instanceof Heard.Pong)) {
                List<Heard> rest = heard.subList(i, heard.size());
                return () -> rest.forEach(this::tell);
            }
            tell(heard.get(i));
        }
        return null;
    }

    private void tell(Heard heard) {
        if (heard instanceof Heard.Text text) {
            talk.hear(text.text());
        } else if (heard instanceof Heard.TooLong) {
            talk.tooLong(limit);
        } else if (heard instanceof Heard.Binary) {
            talk.binary();
        } else if (heard instanceof Heard.Ping ping) {
            talk.alive();
            socket.pong(ping.payload());
        } else if (heard instanceof Heard.Pong) {
            talk.alive();
        } else if (heard instanceof Heard.Violation violation) {
            deaf = true; // but for the end of the connection
            socket.close(WebSocketFrames.close(violation.code(), violation.what()));
        } else if (heard instanceof Heard.Close close) {
            deaf = true;
            socket.close(WebSocketFrames.closeBack(close.code()));
            talk.gone();
            socket.cut();
        }
    }

    @Override
    public void gone() {
        talk.gone();
    }
}
