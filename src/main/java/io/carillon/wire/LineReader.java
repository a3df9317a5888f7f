package io.carillon.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A thread that has lines: it reads what comes on them, and all that becomes of them happens there. Never blocks but to wait for them.
 * {@link #execute} and {@link #close} may come from any thread.
 */
public final class LineReader implements Executor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LineReader.class.getName());
    private static final int BUFFER_BYTES = 16 << 10;

    /** How often it looks for lines that have been idle for too long. */
    private static final long LOOK_MILLIS = 1000;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread;
    private volatile boolean over;

    /** Starts it. */
    public LineReader(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether this is its thread. */
    public boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** Runs it on its thread, in the order in which tasks come. */
    @Override
    public void execute(Runnable task) {
        if (over) {
            throw new RejectedExecutionException(thread.getName() + " is ended");
        }
        tasks.add(task);
        if (!isHere()) {
            selector.wakeup();
        }
    }

    /** Ends the thread, once it has done what it was given. Who waits for a request is given back to the server, who waits for an answer is cut. */
    @Override
    public void close() {
        over = true;
        selector.wakeup();
    }

    private void run() {
        long looked = System.nanoTime();
        try {
            while (!over) {
                if (tasks.isEmpty()) {
                    selector.select(this::ready, LOOK_MILLIS);
                } else {
                    selector.selectNow(this::ready);
                }
                runTasks();
                if (System.nanoTime() - looked > LOOK_MILLIS * 1_000_000) {
                    looked = System.nanoTime();
                    forEachLine(Line::look);
                }
            }
            runTasks();
            forEachLine(Line::release);
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.ERROR, thread.getName() + " has ended", e);
        }
    }

    private void runTasks() {
        for (Runnable task; (task = tasks.poll()) != null; ) {
            guarded(task);
        }
    }

    private void forEachLine(Consumer<Line> what) {
        selector.keys().forEach(key -> guarded(() -> what.accept((Line) key.attachment())));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a poll could not be served", e);
        }
    }

    private void ready(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            line.ready(buffer);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a poll could not be served", e);
            line.cut();
        }
    }

    /** In a task. A channel that has left this thread and comes back may still be known. */
    SelectionKey register(SocketChannel channel, Line line) throws IOException {
        if (channel.keyFor(selector) != null) {
            selector.selectNow(this::ready);
        }
        return channel.register(selector, SelectionKey.OP_READ, line);
    }
}
