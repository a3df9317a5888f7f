package io.carillon.protocol;

import org.jspecify.annotations.Nullable;

/** A client's WebSocket message that cannot be taken; answered by {@link ServerMessages#error}, the connection stays. */
public final class InvalidMessageException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String ref;

    InvalidMessageException(ErrorCode code, String message, @Nullable String ref) {
        super(code, message);
        this.ref = ref;
    }

    /** Raw JSON of the {@code ref} that it came with, or null. */
    public @Nullable String ref() {
        return ref;
    }
}
