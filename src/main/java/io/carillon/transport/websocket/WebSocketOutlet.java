package io.carillon.transport.websocket;

import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Outlet;
import io.carillon.protocol.ServerMessages;
import io.carillon.protocol.WebSocketEncoder;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * The hub's way to write to one socket: one {@code sendText} at a time, the next from its completion, which is the only
 * rule that works on all containers.
 */
final class WebSocketOutlet implements Outlet {
    private final Session session;
    private final WebSocketEncoder encoder;
    private final Pinger pinger;
    private final Closer closer;

    WebSocketOutlet(Session session, WebSocketEncoder encoder, Pinger pinger, Closer closer) {
        this.session = session;
        this.encoder = encoder;
        this.pinger = pinger;
        this.closer = closer;
    }

    @Override
    public Encoder encoder() {
        return encoder;
    }

    /**
     * A ping frame follows a heartbeat, and belongs to its write. Browsers answer it by themselves, so also a page that
     * knows nothing of heartbeats gives a sign of life.
     */
    @Override
    public boolean write(Frame frame, Completion completion) {
        boolean heartbeat = frame == encoder.heartbeat();
        session.getAsyncRemote().sendText(((Frame.Text) frame).text(), result -> {
            if (!result.isOK()) {
                completion.failed(cause(result));
            } else if (heartbeat) {
                pinger.ping(session, completion::written);
            } else {
                completion.written();
            }
        });
        return false;
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        session.getAsyncRemote().sendText(ServerMessages.bye(reason).text(), result -> closer.close(session, reason));
    }

    @Override
    public void abort(CloseReason reason) {
        if (session.isOpen()) {
            closer.close(session, reason);
        }
    }

    private static Throwable cause(SendResult result) {
        Throwable cause = result.getException();
        return cause == null ? new IOException("the container could not send") : cause;
    }
}
