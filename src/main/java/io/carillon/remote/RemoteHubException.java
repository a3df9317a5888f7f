package io.carillon.remote;

import org.jspecify.annotations.Nullable;

/** The hub has refused, or could not be reached in time. */
public final class RemoteHubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String problem;

    /**
     * @param status of the HTTP answer; 0 without an answer
     * @param problem its name, as in docs/problems.md; empty without one
     */
    RemoteHubException(int status, String problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.problem = problem;
    }

    /** The HTTP status, such as 403; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** The problem's name, such as {@code forbidden}; empty when the answer had none. */
    public String problem() {
        return problem;
    }
}
