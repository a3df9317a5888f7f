package io.carillon.protocol;

/** A request that cannot be taken as it is. The message tells its sender what is wrong, where, and what is allowed. */
public class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public ProtocolException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
