package io.carillon.gate;

import org.jspecify.annotations.Nullable;

/**
 * A request that stands at the gate, whatever the server calls it: what the {@link Doorkeeper} looks at, and where he puts headers of the
 * answer. One thread at a time.
 */
public interface Arrival {
    String method();

    /** Below the context root, decoded. */
    String path();

    /** The first header of that name. */
    @Nullable
    String header(String name);

    /** The address of who has sent it, in digits: a proxy's, if there is one in between. */
    String peer();

    /** True if it came in on a loopback address, by a loopback name. */
    boolean cameInHere();

    /** The query's {@code ticket}. */
    @Nullable
    String ticket();

    /** By what name the container knows its sender; null for a stranger. */
    @Nullable
    String login();

    /** Whether the container knows its sender in that role. */
    boolean inRole(String role);

    /** Puts a header on the answer, in the place of one of that name. */
    void set(String name, String value);

    /** The same, beside those of that name. */
    void add(String name, String value);
}
