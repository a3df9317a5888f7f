package io.carillon.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One well-behaved client. Its lists are snapshots, safe to take from any thread while it goes on receiving. */
public interface Subscriber extends AutoCloseable {

    /**
     * Connects, and returns once the hub has answered, so that all that is published from now on must arrive. A poll has
     * no such answer: give it a cursor, or wait for its presence.
     *
     * @param channels names or patterns; none is the hub's default
     * @param cursor 0 is all that is retained, null is from now
     * @throws IllegalStateException when the hub refuses, with its answer
     */
    Subscriber connect(List<String> channels, @Nullable Long cursor);

    /** Everything so far, in order of arrival. */
    List<Received> received();

    /** When each of {@link #received} came, in {@code System.nanoTime()}. */
    List<Long> times();

    List<GapNotice> gaps();

    /** With what one would connect again: the last id received, or where a gap ends. */
    long cursor();

    /** False once the hub or this client has ended it. */
    boolean open();

    /** The server, the transport and the connection, for the message of a test that fails. */
    @Override
    String toString();

    /** Goes, in the way that the transport has for it. Idempotent. */
    @Override
    void close();
}
