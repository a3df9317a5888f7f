package io.carillon.core;

/** The log cannot take an append now; whether an append under way was stored is unknown. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message) {
        super(message);
    }
}
