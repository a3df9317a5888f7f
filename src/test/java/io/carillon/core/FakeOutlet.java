package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads as the test wants it to, and that notes whatever the hub may not do to it: a write while another
 * is under way, or after the goodbye.
 */
public final class FakeOutlet implements Outlet {

    /** What becomes of a write. */
    public enum Mode {
        /** It is done when the call returns. */
        INLINE,
        /** Its completion comes before the call returns. */
        EARLY,
        /** The test calls {@link #complete()}. */
        BY_HAND,
        /** The executor completes it. */
        ELSEWHERE,
        /** It does not come back: a client that does not read. */
        NEVER,
        /** The container refuses it. */
        THROWS,
        /** It ends the exchange in good order: a long-poll. */
        ENDS
    }

    private final Encoder encoder;
    private final Executor elsewhere;
    private final List<Line> lines = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private @Nullable Runnable pending;
    private boolean calling;
    private boolean ended;
    private int aborts;
    private @Nullable Mode mode;
    private @Nullable Outbox outbox;
    private Consumer<Line> observer = line -> {};

    public FakeOutlet(Encoder encoder, Mode mode, Executor elsewhere) {
        this.encoder = encoder;
        this.mode = mode;
        this.elsewhere = elsewhere;
    }

    public FakeOutlet(Encoder encoder, Mode mode) {
        this(encoder, mode, Runnable::run);
    }

    public FakeOutlet() {
        this(LineEncoder.batch(), Mode.INLINE);
    }

    /** Sees each line when it is written, before the write is completed. */
    public FakeOutlet observedBy(Consumer<Line> observer) {
        this.observer = observer;
        return this;
    }

    /** Its writes are put aside there. */
    public FakeOutlet puttingAsideIn(Outbox outbox) {
        this.outbox = outbox;
        return this;
    }

    /** For the writes that follow. */
    public synchronized void become(Mode mode) {
        this.mode = mode;
    }

    // ---- what the hub calls ----

    @Override
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public boolean write(Frame frame, Completion completion) {
        Mode now = enter("write");
        List<Line> read = LineEncoder.read(frame);
        synchronized (this) {
            frames.add(frame);
            lines.addAll(read);
        }
        read.forEach(observer);
        leave(now, now == Mode.ENDS ? completion::finished : completion::written);
        return now == Mode.INLINE;
    }

    @Override
    public void finish(CloseReason reason, long cursor, Completion completion) {
        Mode now = enter("finish");
        Line goodbye = new Line.Goodbye(reason, cursor);
        synchronized (this) {
            ended = true;
            lines.add(goodbye);
        }
        observer.accept(goodbye);
        leave(now, completion::finished);
        if (now == Mode.INLINE) {
            completion.finished();
        }
    }

    @Override
    public @Nullable Outbox outbox() {
        return outbox;
    }

    @Override
    public synchronized void abort(CloseReason reason) {
        aborts++;
    }

    private synchronized Mode enter(String what) {
        if (calling) {
            broken.add(what + " while another thread is in here");
        }
        if (pending != null) {
            broken.add(what + " while a write is in flight");
        }
        if (ended) {
            broken.add(what + " after the goodbye");
        }
        calling = true;
        return mode;
    }

    private void leave(Mode now, Runnable completion) {
        synchronized (this) {
            calling = false;
            pending = now == Mode.INLINE || now == Mode.THROWS ? null : completion;
        }
        switch (now) {
            case EARLY, ENDS -> complete();
            case ELSEWHERE -> elsewhere.execute(this::complete);
            case THROWS -> throw new IllegalStateException("TEXT_FULL_WRITING");
            case INLINE, BY_HAND, NEVER -> {}
        }
    }

    // ---- what the test calls ----

    /** Notes among the lines what the client has just done, so that a checker can read it in its place later. */
    public synchronized void note(String text) {
        lines.add(new Line.Notice(text));
    }

    /** Completes the write that is in flight; false when there is none. */
    public boolean complete() {
        Runnable completion;
        synchronized (this) {
            completion = pending;
            pending = null;
        }
        if (completion == null) {
            return false;
        }
        completion.run();
        return true;
    }

    /** Completes writes until none is in flight. */
    public void completeAll() {
        while (complete()) {
            // the next one was started by the completion
        }
    }

    public synchronized boolean inFlight() {
        return pending != null;
    }

    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    public List<Line.Message> messages() {
        return only(Line.Message.class);
    }

    /** The ids of the publications, in the order in which they came. */
    public List<Long> ids() {
        return messages().stream().map(Line.Message::id).toList();
    }

    public List<Long> ids(String channel) {
        return messages().stream()
                .filter(message -> message.channel().equals(channel))
                .map(Line.Message::id)
                .toList();
    }

    public List<Gap> gaps() {
        return only(Line.Missing.class).stream().map(Line.Missing::gap).toList();
    }

    public List<String> notices() {
        return only(Line.Notice.class).stream().map(Line.Notice::text).toList();
    }

    /** The cursor that the last frame told. */
    public long cursor() {
        List<Line.Cursor> cursors = only(Line.Cursor.class);
        return cursors.isEmpty() ? 0 : cursors.get(cursors.size() - 1).cursor();
    }

    public List<Line.Goodbye> goodbyes() {
        return only(Line.Goodbye.class);
    }

    public synchronized int aborts() {
        return aborts;
    }

    private <T extends Line> List<T> only(Class<T> type) {
        return lines().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Fails when the hub has broken a rule of the port. */
    public synchronized void assertRespected() {
        assertThat(broken).as("what the port forbids").isEmpty();
    }
}
