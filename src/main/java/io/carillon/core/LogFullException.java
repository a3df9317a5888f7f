package io.carillon.core;

/** The log has no room for an append: nothing of it was stored. Once there is room, the log takes appends again. */
public final class LogFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogFullException(String message) {
        super(message);
    }
}
