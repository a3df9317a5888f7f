package io.carillon.transport;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The output of one asynchronous request.
 *
 * <p>What the containers demand (Servlet 5, {@code ServletOutputStream.isReady}; seen on Undertow, Grizzly, Tomcat):
 * <ul>
 *   <li>{@code isReady()} before each write and flush; after a false nobody touches the stream until
 *       {@code onWritePossible}. That call may come on another thread before {@code isReady()} has returned: so the
 *       right to go on ({@code waiting}) is put down <em>before</em> the question, and whoever takes it up goes on;
 *   <li>Tomcat ends a request by itself when a write fails, and then uses its objects for another one; Undertow and
 *       Grizzly never do. So after a failure nothing is touched for {@link #GRACE}, and then the request is completed
 *       unless {@code onComplete} has come; and {@code onComplete} does not return while a thread is still inside.
 * </ul>
 *
 * <p>On Undertow what follows the first array of a stream may go straight to the socket ({@link Shortcut}, ADR 18); what the socket
 * does not take goes by the container's stream, and while that waits nothing else is written.
 *
 * <p>No locks.
 */
public final class AsyncOutput implements Output, WriteListener, AsyncListener {
    /** A way to the client that leaves out the container's stream, for arrays after the first. Used by one thread at a time. */
    interface Shortcut {
        /**
         * Asked once, when the container has sent the head and nothing waits in its stream. False if there is no such way.
         *
         * @param gone run when the client has left, unless a write says so before; on a thread of the way's
         */
        boolean open(Runnable gone);

        /** Writes what the client takes now, if anything, without blocking. */
        void write(ByteBuffer bytes) throws IOException;

        /** Reads what {@link #write} will read, as {@link io.carillon.core.Outlet#prefetch}. */
        default int prefetch() {
            return 0;
        }
    }

    /** Runs something once, later, on another thread. */
    public interface Later {
        void after(Duration delay, Runnable task);
    }

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long INSIDE_LIMIT_NANOS = 20_000_000;

    private enum Step {
        WRITE,
        FLUSH,
        SETTLE,
        COMPLETE
    }

    private static final VarHandle WAITING;
    private static final VarHandle COMPLETED;
    private static final VarHandle INSIDE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAITING = lookup.findVarHandle(AsyncOutput.class, "waiting", boolean.class);
            COMPLETED = lookup.findVarHandle(AsyncOutput.class, "completed", boolean.class);
            INSIDE = lookup.findVarHandle(AsyncOutput.class, "inside", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Owner owner;
    private final Later later;

    private volatile boolean listening;

    @SuppressWarnings("UnusedVariable") // read through WAITING
    private volatile boolean waiting;

    @SuppressWarnings("UnusedVariable") // read through COMPLETED
    private volatile boolean completed;

    private volatile boolean ended;
    private volatile @Nullable Thread inside;

    // Handed over with `waiting`, or from one write to the next.
    private Step step = Step.SETTLE;
    private boolean last;
    private byte @Nullable [] bytes;
    private @Nullable Shortcut shortcut;
    private boolean shortcutOpen;

    /**
     * On the request's thread, after its headers are set. Takes the stream; the timeout of the request is ended.
     *
     * @param stream it will be written to often: then its connection serves no other request after it, where that makes
     *     writing cheaper
     */
    public AsyncOutput(AsyncContext context, Owner owner, Later later, boolean stream) throws IOException {
        this(context, owner, later, prepare(context.getResponse(), stream));
    }

    AsyncOutput(AsyncContext context, Owner owner, Later later, @Nullable Shortcut shortcut) throws IOException {
        this.context = context;
        this.owner = owner;
        this.later = later;
        this.shortcut = shortcut;
        this.out = context.getResponse().getOutputStream();
        context.setTimeout(0);
        context.addListener(this);
    }

    private static @Nullable Shortcut prepare(ServletResponse response, boolean stream) {
        if (!response.getClass().getName().startsWith("io.undertow.")) {
            return null;
        }
        response.setBufferSize(1); // else 16 KB stay pinned to an idle stream, and a part of a write may stay behind
        try {
            return stream ? UndertowShortcut.prepare() : null;
        } catch (LinkageError e) { // an application that has the hub inside and does not see Undertow's modules
            return null;
        }
    }

    @Override
    public boolean write(byte[] array) {
        Shortcut way = shortcut;
        if (way == null || !shortcutOpen) {
            begin(array, false);
            return false;
        }
        return !ended && shortly(way, array);
    }

    /** What the client does not take at once goes by the container, which knows how to wait for it. */
    private boolean shortly(Shortcut way, byte[] array) {
        ByteBuffer rest = ByteBuffer.wrap(array);
        try {
            way.write(rest);
        } catch (IOException | RuntimeException e) {
            lose(e);
            return false;
        }
        if (rest.hasRemaining()) {
            begin(Arrays.copyOfRange(array, rest.position(), array.length), false);
            return false;
        }
        return true;
    }

    @Override
    public int prefetch() {
        Shortcut way = shortcut;
        return way == null ? 0 : way.prefetch();
    }

    @Override
    public void finish(byte @Nullable [] array) {
        begin(array, true);
    }

    private void begin(byte @Nullable [] array, boolean isLast) {
        bytes = array;
        last = isLast;
        step = array == null ? Step.COMPLETE : Step.WRITE;
        if (listening) {
            advance();
        } else {
            listening = true;
            waiting = true; // the container calls onWritePossible for the first time when it can be written to
            try {
                out.setWriteListener(this);
            } catch (RuntimeException e) {
                lose(e);
            }
        }
    }

    @Override
    public void onWritePossible() {
        if (WAITING.compareAndSet(this, true, false)) {
            advance();
        }
    }

    /** Goes on from {@code step} as far as the container takes it. Whoever is here holds the right to go on. */
    private void advance() {
        boolean told = false;
        Thread me = Thread.currentThread();
        inside = me;
        try {
            while (!told) {
                if (ended) {
                    return;
                }
                waiting = true;
                if (!out.isReady() || !WAITING.compareAndSet(this, true, false)) {
                    return; // onWritePossible goes on, or has gone on already
                }
                // no switch: its table is a class of its own, which a server that goes down may not load any more
                if (step == Step.WRITE) {
                    byte[] array = bytes;
                    bytes = null;
                    step = Step.FLUSH;
                    if (array != null) {
                        out.write(array);
                    }
                } else if (step == Step.FLUSH) {
                    step = Step.SETTLE;
                    if (!last) {
                        out.flush();
                    }
                } else if (step == Step.SETTLE) {
                    step = Step.COMPLETE;
                    told = !last;
                } else {
                    complete();
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            lose(e);
        } finally {
            INSIDE.compareAndSet(
                    this, me, null); // who was overtaken by onWritePossible must not sign out another thread
        }
        if (told) {
            openShortcut();
            owner.written();
        }
    }

    private void openShortcut() {
        if (shortcut != null && !shortcutOpen) {
            if (shortcut.open(() -> lose(new ClosedChannelException()))) {
                shortcutOpen = true;
            } else {
                shortcut = null;
            }
        }
    }

    private void complete() {
        if (COMPLETED.compareAndSet(this, false, true)) {
            context.complete();
        }
    }

    /** The client cannot be written to. */
    private void lose(Throwable cause) {
        abort();
        owner.lost(cause);
    }

    /** Ends the request a little later, unless the container has done so. */
    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            later.after(GRACE, () -> {
                try {
                    if (COMPLETED.compareAndSet(this, false, true)) {
                        owner.cut();
                        context.complete();
                    }
                } catch (RuntimeException e) {
                    // The container was faster; that it has ended is all we wanted.
                    System.getLogger(AsyncOutput.class.getName())
                            .log(System.Logger.Level.TRACE, "already complete: {0}", e.toString());
                }
            });
        }
    }

    @Override
    public void onError(Throwable cause) {
        lose(cause);
    }

    // ---- the container's word on the request ----

    @Override
    public void onComplete(AsyncEvent event) {
        completed = true;
        ended = true;
        awaitNobodyInside();
        owner.ended();
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        lose(cause == null ? new IOException("the container reports an error of the request") : cause);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        lose(new IOException("the container has ended the request by its timeout"));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it anew.
    }

    private void awaitNobodyInside() {
        Thread other = inside;
        if (other == null || other == Thread.currentThread()) {
            return;
        }
        long deadline = System.nanoTime() + INSIDE_LIMIT_NANOS;
        while (inside == other && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(100_000);
        }
    }
}
