package io.carillon.protocol;

/** Bytes that are not exactly one JSON value in UTF-8; the message says at which byte. */
public final class InvalidJsonException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message) {
        super(ErrorCode.INVALID_JSON, message);
    }
}
