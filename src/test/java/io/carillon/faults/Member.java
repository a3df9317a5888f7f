package io.carillon.faults;

import io.carillon.client.JsonObject;
import io.carillon.client.Target;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a {@link Crowd}: survives its connections, and begins each new one with its cursor. Only the crowd's
 * thread calls it; others look at the trail and the volatile fields.
 */
abstract class Member {

    /** How a member sends; a request always fits. */
    interface Out {
        void write(ByteBuffer bytes);
    }

    final Trail trail;
    final Target target;
    final List<String> channels;

    /** What it would resume with; 0 is all that is retained. */
    volatile long cursor;

    /** True while it is connected and the hub has answered: what is published now will come. */
    volatile boolean stands;

    /** Why the last connection ended, in the hub's words; for the message of a test. */
    volatile String lastEnd = "";

    /** Connections that the hub ended with a goodbye. */
    private volatile int byes;

    /** What the hub asked to wait before coming back; -1 when it did not say. */
    long retryMillis = -1;

    /** True while its TCP connection is being made. */
    boolean connecting;

    /** When the hub last gave a sign of life. */
    long lastRead;

    private final @Nullable Latencies latencies;

    Member(String name, Target target, List<String> channels, long since, @Nullable Latencies latencies) {
        this.trail = new Trail(name, channels, since);
        this.target = target;
        this.channels = channels;
        this.cursor = since;
        this.latencies = latencies;
    }

    /** The TCP connection is there: says what this transport says first, with the cursor. Forgets the one before. */
    abstract void connected(Out out);

    /** Takes what has come. An exception ends the connection. */
    abstract void read(ByteBuffer in, Out out) throws EndedException;

    /** The connection is over, by whatever side. */
    void disconnected(String why) {
        stands = false;
        lastEnd = why;
        trail.broken();
    }

    final void got(String channel, long id, String data) {
        Payload payload = Payload.parse(channel, data);
        trail.delivered(channel, id, payload == null ? Trail.FOREIGN : payload.number());
        if (payload != null && latencies != null) {
            latencies.add(payload.sentAt(), System.nanoTime());
        }
    }

    final void got(JsonObject message) {
        got(message.text("channel"), message.number("id"), message.raw("data"));
    }

    /** With one channel, a gap's end is a cursor; with several an older publication of another may still come. */
    final void missed(JsonObject gap) {
        trail.gap(gap.text("channel"), gap.number("from"), gap.number("to"));
        if (channels.size() == 1) {
            cursor = gap.number("to");
        }
    }

    @Override
    public final String toString() {
        return trail + " at " + cursor + (stands ? "" : ", not connected: " + lastEnd);
    }

    /** The hub has ended the connection, or says something that it must not. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;

        EndedException(String why) {
            super(why);
        }
    }

    /** How often the hub has said that it goes down. */
    int byes() {
        return byes;
    }

    /** On the crowd's thread: the hub has said so once more. */
    final void bye() {
        int before = byes; // one thread writes it, so this is no lost update
        byes = before + 1;
    }
}
