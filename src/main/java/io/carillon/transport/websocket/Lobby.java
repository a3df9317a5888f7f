package io.carillon.transport.websocket;

import io.carillon.auth.Identity;
import io.carillon.auth.TokenVerifier;
import io.carillon.core.CloseReason;
import io.carillon.protocol.ClientMessage;
import io.carillon.protocol.ClientMessages;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.Fault;
import io.carillon.protocol.InvalidMessageException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a stranger waits who asks for channels that are not for strangers: a browser can show a token only once its socket is
 * open. The hub knows nothing of him, and hears nothing but {@code auth}.
 */
final class Lobby implements Conversation {
    /** What becomes of who waits. One of these is called, once. */
    interface Door {
        /**
         * To the channels that he has asked for.
         *
         * @param ref goes into the answer
         */
        void admit(Identity identity, @Nullable String ref);

        void refuse(Fault fault);

        /** He has gone by himself. */
        void leave();
    }

    private final TokenVerifier tokens;
    private final Fault reason;
    private final Door door;
    private final AtomicBoolean left = new AtomicBoolean();

    /** @param reason why he has to wait */
    Lobby(TokenVerifier tokens, Fault reason, Door door) {
        this.tokens = tokens;
        this.reason = reason;
        this.door = door;
    }

    @Override
    public void hear(String text) {
        try {
            ClientMessage message = ClientMessages.parse(text);
            if (message instanceof ClientMessage.Auth auth) {
                Identity identity = tokens.verify(auth.token());
                if (left.compareAndSet(false, true)) {
                    door.admit(identity, auth.ref());
                }
            } else {
                refuse(reason);
            }
        } catch (InvalidMessageException e) {
            refuse(new Fault(e.code(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            refuse(Fault.of(e));
        }
    }

    /** He has waited long enough. On any thread. */
    void timeOut() {
        refuse(reason);
    }

    private void refuse(Fault fault) {
        if (left.compareAndSet(false, true)) {
            door.refuse(fault);
        }
    }

    @Override
    public void tooLong(int limit) {
        refuse(new Fault(ErrorCode.LIMIT, "a message is longer than the limit of " + limit + " characters"));
    }

    @Override
    public void binary() {
        refuse(reason);
    }

    @Override
    public void alive() {
        // His time runs all the same.
    }

    @Override
    public void gone() {
        if (left.compareAndSet(false, true)) {
            door.leave();
        }
    }

    /** The close code that goes with a fault. */
    static CloseReason closeReason(Fault fault) {
        return switch (fault.code()) {
            case UNAVAILABLE -> CloseReason.DRAIN;
            case LIMIT -> CloseReason.limit(fault.detail());
            case UNAUTHORIZED -> CloseReason.unauthorized(fault.detail());
            case FORBIDDEN -> CloseReason.forbidden(fault.detail());
            default -> CloseReason.badRequest(fault.detail());
        };
    }
}
