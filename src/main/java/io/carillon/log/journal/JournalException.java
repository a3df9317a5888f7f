package io.carillon.log.journal;

/** The journal cannot be opened. The message says why, which file it is about, and what the operator can do. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
