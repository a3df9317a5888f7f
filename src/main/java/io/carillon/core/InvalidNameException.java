package io.carillon.core;

/** A channel, pattern or event name outside its grammar; the message says which, where and what is allowed. */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidNameException(String message) {
        super(message);
    }
}
