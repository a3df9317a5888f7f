package io.carillon.protocol;

/** A cursor that is no integer from 0 on. */
public final class InvalidCursorException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    InvalidCursorException(String message) {
        super(ErrorCode.INVALID_CURSOR, message);
    }
}
