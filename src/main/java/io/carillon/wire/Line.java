package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a request, kept for that and for those that follow it (docs/adr/0031). Whoever is at our end answers one after the other: he is told
 * what comes next after he has said {@link #done}, and not before; until then it waits, no more than one read of it.
 *
 * <p>Threads: all of it happens on its {@link LineReader}. Never blocks.
 */
public final class Line {
    /** Who is at our end. */
    public interface Client {
        /**
         * The line may be written to: the request with which it was kept is to be answered. Once, before anything is heard; not if the server
         * {@link Line#answered has done that}.
         */
        void begin();

        /** Takes what comes next, and answers it, or gives it back. */
        void hear(ByteBuffer bytes);

        /** The connection has ended. Nothing follows. */
        void gone();
    }

    /** Whose the connection is. From any thread. */
    interface Server {
        /** Reads this, which may be empty, and then what comes. */
        void takeBack(byte[] heard);

        /** Closes it. */
        void close();
    }

    /**
     * What the server says of a connection when it gives it away.
     *
     * @param head all that was read for the request with which it was kept, if we have seen that; else null
     * @param answered whether the server has answered that
     * @param most bytes that the server takes back
     * @param idleMillis for which it may be without a request; without end if that is not positive
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record Given(
            SocketChannel channel,
            byte @Nullable [] head,
            boolean answered,
            int most,
            Map<String, String> fields,
            long idleMillis) {}

    private final LineReader reader;
    private final Given given;
    private final Server server;
    private @Nullable Client client;
    private @Nullable SelectionKey key;
    private byte @Nullable [] waiting;
    private @Nullable ByteBuffer rest;
    private Runnable written = () -> {};
    private boolean busy = true;
    private boolean over;
    private long idleSince;

    /** @param early what has come behind the request with which it is kept; may be empty */
    Line(LineReader reader, Given given, byte[] early, Server server) {
        this.reader = reader;
        this.given = given;
        this.server = server;
        this.waiting = early.length == 0 ? null : early;
    }

    /** All that was read for the request with which it was kept, if we have seen that; else null. */
    public byte @Nullable [] head() {
        return given.head;
    }

    /** Whether the server has answered that request, so that the next to be answered is one that is heard. */
    public boolean answered() {
        return given.answered;
    }

    /** What the server puts into the head of each answer on it, beside the date. */
    public Map<String, String> fields() {
        return given.fields;
    }

    // ---- the server's word ----

    void open(Client ours) {
        client = ours;
        try {
            key = reader.register(given.channel, this);
        } catch (IOException e) { // it has been closed
            end();
            return;
        }
        listen();
        if (over) {
            return;
        }
        if (given.answered) {
            done();
        } else {
            ours.begin();
        }
    }

    /** The server has closed it. From any thread. */
    void leave() {
        try {
            reader.execute(() -> {
                if (!over) {
                    over();
                    gone();
                }
            });
        } catch (RejectedExecutionException e) {
            // then nobody waits for it
        }
    }

    // ---- the reader's ----

    void ready(ByteBuffer buffer) {
        SelectionKey ready = key;
        if (over || ready == null) {
            return;
        }
        try {
            if (ready.isWritable() && !writes()) {
                return;
            }
            if (!over && ready.isReadable()) {
                read(buffer.clear().limit(Math.min(buffer.capacity(), given.most)));
            }
        } catch (IOException | CancelledKeyException e) {
            cut();
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        int count = given.channel.read(buffer);
        if (count < 0) {
            end();
        } else if (count > 0) {
            buffer.flip();
            if (busy) {
                byte[] copy = new byte[count];
                buffer.get(copy);
                waiting = copy;
                listen();
            } else {
                hear(buffer);
            }
        }
    }

    private void hear(ByteBuffer bytes) {
        Client ours = client;
        busy = true;
        if (ours != null) {
            ours.hear(bytes);
        }
    }

    /** Nobody reads it here any more. */
    void release() {
        if (busy) {
            cut();
        } else {
            giveBack(new byte[0]);
        }
    }

    void look() {
        if (!over && !busy && given.idleMillis > 0 && System.nanoTime() - idleSince > given.idleMillis * 1_000_000) {
            end();
        }
    }

    // ---- the client's ----

    /**
     * Writes an answer, after the one before it is through. Nothing happens if the connection has ended.
     *
     * @param answer may be used again as soon as this has returned
     * @param then run when the kernel has all of it, perhaps before this returns; not if the connection ends before
     */
    public void write(ByteBuffer answer, Runnable then) {
        if (over) {
            return;
        }
        try {
            if (!Sockets.took(given.channel, answer)) {
                rest = ByteBuffer.allocate(answer.remaining()).put(answer).flip();
                written = then;
                listen();
                return;
            }
        } catch (IOException e) {
            end();
            return;
        }
        then.run();
    }

    /** True if nothing is left. */
    private boolean writes() throws IOException {
        ByteBuffer bytes = rest;
        if (bytes != null) {
            if (!Sockets.took(given.channel, bytes)) {
                return false;
            }
            rest = null;
            listen();
            if (!over) {
                written.run();
            }
        }
        return true;
    }

    /** The answer is through, so the next request may come. */
    public void done() {
        if (over) {
            return;
        }
        byte[] next = waiting;
        if (next == null) {
            busy = false;
            idleSince = System.nanoTime();
            return;
        }
        waiting = null;
        listen();
        if (!over) {
            hear(ByteBuffer.wrap(next));
        }
    }

    /** Gives it back to the server, which reads this, and what comes after it. Instead of an answer to what was heard; nothing follows. */
    public void giveBack(byte[] heard) {
        if (!over) {
            over();
            server.takeBack(heard);
        }
    }

    /** Ends the connection. Idempotent. */
    public void cut() {
        if (!over) {
            end();
        }
    }

    /** For what there is to wait. It is over where the server has closed the connection, which may happen at any time. */
    private void listen() {
        SelectionKey selected = key;
        try {
            if (selected != null) {
                selected.interestOps(
                        (waiting == null ? SelectionKey.OP_READ : 0) | (rest == null ? 0 : SelectionKey.OP_WRITE));
            }
        } catch (CancelledKeyException e) {
            cut();
        }
    }

    private void end() {
        over();
        server.close();
        gone();
    }

    private void over() {
        over = true;
        if (key != null) {
            key.cancel();
        }
    }

    private void gone() {
        Client leaving = client;
        if (leaving != null) {
            leaving.gone();
        }
    }
}
